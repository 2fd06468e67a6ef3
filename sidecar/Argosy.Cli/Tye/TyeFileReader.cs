using Argosy.Sidecar.Resources;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Argosy.Cli.Tye;

/// <summary>Reads <c>tye.yaml</c> and says everything that is wrong with it at once, each with file and line.</summary>
internal sealed class TyeFileReader
{
    private readonly string _path;
    private readonly string _folder;
    private readonly bool _projectsExist;
    private readonly List<ResourceException> _problems = [];

    private TyeFileReader(string path, bool projectsExist)
    {
        _path = path;
        _projectsExist = projectsExist;
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
    }

    /// <summary>The file's content, or null with <paramref name="problems"/> telling why not. Published, the projects it names are gone:
    /// there are only their programs.</summary>
    public static TyeFile? Read(Installation installation, out IReadOnlyList<ResourceException> problems)
    {
        var reader = new TyeFileReader(installation.TyeFile, projectsExist: !installation.IsPublished);
        var file = reader.Read();
        problems = reader._problems;
        return problems.Count == 0 ? file : null;
    }

    /// <exception cref="CliException">The file cannot be used; the message lists every problem.</exception>
    public static TyeFile Require(Installation installation) =>
        Read(installation, out var problems) ?? throw new CliException(string.Join(Environment.NewLine, problems.Select(problem => problem.Message)));

    private TyeFile? Read()
    {
        var yaml = new YamlStream();
        try
        {
            using var text = File.OpenText(_path);
            yaml.Load(text);
        }
        catch (YamlException error)
        {
            Problem(error.Start, error.Message);
            return null;
        }
        catch (IOException error)
        {
            Problem(Mark.Empty, error.Message);
            return null;
        }
        if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is not YamlMappingNode root)
        {
            Problem(Mark.Empty, "expected a mapping with 'name', 'extensions' and 'services'");
            return null;
        }
        var fields = Fields(root, "the file", "name", "extensions", "services");
        var name = Text(fields, "name") ?? "argosy";
        var dapr = ReadDapr(root, fields.GetValueOrDefault("extensions"));
        var services = ReadServices(root, fields.GetValueOrDefault("services"));
        return dapr is null ? null : new TyeFile(_path, name, dapr, services);
    }

    private TyeDapr? ReadDapr(YamlNode root, YamlNode? extensions)
    {
        var dapr = Items(extensions).OfType<YamlMappingNode>().FirstOrDefault(item => item.Children.TryGetValue("name", out var name) && name.ToString() == "dapr");
        if (dapr is null)
        {
            Problem((extensions ?? root).Start, "'extensions' must have one entry with 'name: dapr'");
            return null;
        }
        var fields = Fields(dapr, "the dapr extension", "name", "components-path", "config");
        var components = ExistingPath(fields, "components-path", Directory.Exists);
        if (!fields.ContainsKey("components-path"))
            Problem(dapr.Start, "the dapr extension needs 'components-path', the folder of the default profile");
        var config = ExistingPath(fields, "config", File.Exists);
        return components is null ? null : new TyeDapr(components, config);
    }

    private List<TyeService> ReadServices(YamlNode root, YamlNode? node)
    {
        var services = new List<TyeService>();
        if (node is not YamlSequenceNode { Children.Count: > 0 })
            Problem((node ?? root).Start, "'services' must list at least one service");
        foreach (var item in Items(node))
        {
            if (item is not YamlMappingNode mapping)
            {
                Problem(item.Start, "a service is a mapping with 'name' and 'project'");
                continue;
            }
            if (ReadService(mapping) is not { } service)
                continue;
            if (services.Exists(other => other.Name == service.Name))
                Problem(item.Start, $"service '{service.Name}' is listed twice");
            if (service.PinnedPort is { } port && services.Find(other => other.PinnedPort == port) is { } holder)
                Problem(item.Start, $"service '{service.Name}' pins port {port}, which '{holder.Name}' has");
            services.Add(service);
        }
        return services;
    }

    private TyeService? ReadService(YamlMappingNode node)
    {
        var fields = Fields(node, "a service", "name", "project", "replicas", "bindings", "env");
        var name = Text(fields, "name");
        var project = ExistingPath(fields, "project", path => !_projectsExist || File.Exists(path));
        if (name is null)
            Problem(node.Start, "a service needs 'name'");
        if (!fields.ContainsKey("project"))
            Problem(node.Start, $"service '{name}' needs 'project', the path of its .csproj");
        var replicas = Number(fields, "replicas", 1, 100) ?? 1;
        var bindings = Items(fields.GetValueOrDefault("bindings")).Select(ReadBinding).OfType<TyeBinding>().ToList();
        if (replicas > 1 && bindings.Exists(binding => binding.Port is not null))
            Problem(node.Start, $"service '{name}' has {replicas} replicas, which cannot share a pinned port");
        if (name is null || project is null)
            return null;
        return new TyeService(name, project, replicas, bindings) { Environment = ReadEnvironment(fields.GetValueOrDefault("env")) };
    }

    private TyeBinding? ReadBinding(YamlNode node)
    {
        if (node is not YamlMappingNode mapping)
        {
            Problem(node.Start, "a binding is a mapping such as '{ protocol: http, port: 8080 }'");
            return null;
        }
        var fields = Fields(mapping, "a binding", "name", "protocol", "port");
        var protocol = Text(fields, "protocol") ?? "http";
        if (protocol != "http")
            Problem(fields["protocol"].Start, $"protocol '{protocol}' is not supported: services speak http behind their sidecar");
        return new TyeBinding(protocol, Number(fields, "port", 1, 65535));
    }

    private Dictionary<string, string> ReadEnvironment(YamlNode? node)
    {
        var variables = new Dictionary<string, string>();
        foreach (var item in Items(node))
        {
            if (item is YamlMappingNode mapping && Fields(mapping, "an environment variable", "name", "value") is var fields
                && Text(fields, "name") is { } name && Text(fields, "value") is { } value)
                variables[name] = value;
            else
                Problem(item.Start, "an environment variable needs 'name' and 'value'");
        }
        return variables;
    }

    private Dictionary<string, YamlNode> Fields(YamlMappingNode node, string what, params string[] known)
    {
        var fields = new Dictionary<string, YamlNode>();
        foreach (var (key, value) in node.Children)
        {
            var name = key.ToString();
            if (known.Contains(name))
                fields[name] = value;
            else
                Problem(key.Start, $"{what} has the unknown key '{name}'; known are {string.Join(", ", known)}");
        }
        return fields;
    }

    private IEnumerable<YamlNode> Items(YamlNode? node)
    {
        if (node is null or YamlSequenceNode)
            return (node as YamlSequenceNode)?.Children ?? [];
        Problem(node.Start, "expected a list");
        return [];
    }

    private string? Text(Dictionary<string, YamlNode> fields, string name)
    {
        if (!fields.TryGetValue(name, out var node))
            return null;
        if (node is YamlScalarNode { Value.Length: > 0 } scalar)
            return scalar.Value;
        Problem(node.Start, $"'{name}' must be a text");
        return null;
    }

    private int? Number(Dictionary<string, YamlNode> fields, string name, int least, int most)
    {
        if (!fields.TryGetValue(name, out var node))
            return null;
        if (node is YamlScalarNode scalar && int.TryParse(scalar.Value, out var number) && number >= least && number <= most)
            return number;
        Problem(node.Start, $"'{name}' is '{node}', expected a number from {least} to {most}");
        return null;
    }

    private string? ExistingPath(Dictionary<string, YamlNode> fields, string name, Func<string, bool> exists)
    {
        if (Text(fields, name) is not { } relative)
            return null;
        var path = Path.GetFullPath(relative, _folder);
        if (exists(path))
            return path;
        Problem(fields[name].Start, $"'{name}' names '{relative}', which does not exist");
        return null;
    }

    private void Problem(Mark at, string reason) =>
        _problems.Add(new ResourceException(new SourceLocation(_path, (int)Math.Max(1, at.Line)), reason));
}
