using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Argosy.Sidecar.Resources;

/// <summary>Reads resource YAML: folders as daprd reads them (only <c>.yaml</c> and <c>.yml</c>, sub-folders not), several documents per file.
/// Errors are collected, not thrown.</summary>
internal sealed class ResourceReader(ResourceErrors errors)
{
    private readonly List<ResourceDocument> _documents = [];

    /// <summary>Everything read so far, whatever app may use it.</summary>
    public IReadOnlyList<ResourceDocument> Documents => _documents;

    public void ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            errors.Add(new SourceLocation(folder, 1), "the resources folder does not exist");
            return;
        }
        foreach (var file in Directory.EnumerateFiles(folder).Where(IsYaml).Order(StringComparer.Ordinal))
            ReadFile(file);
    }

    public void ReadFile(string file)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(file);
            stream.Load(reader);
        }
        catch (YamlException invalid)
        {
            errors.Add(new SourceLocation(file, (int)Math.Max(1, invalid.Start.Line)), $"not valid YAML: {(invalid.InnerException ?? invalid).Message}");
            return;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            errors.Add(new SourceLocation(file, 1), unreadable.Message);
            return;
        }
        foreach (var document in stream.Documents)
            ReadDocument(document.RootNode, file);
    }

    /// <summary>Everything read so far that <paramref name="appId"/> in <paramref name="appNamespace"/> may use.</summary>
    public AppResources ForApp(string appId, string appNamespace)
    {
        var visible = _documents.Where(document => document.IsVisibleTo(appId, appNamespace)).Select(document => document.Resource).ToList();
        var configurations = visible.OfType<Configuration>().ToList();
        return new AppResources(
            [.. visible.OfType<Component>()],
            [.. visible.OfType<Subscription>()],
            [.. visible.OfType<HttpEndpoint>()],
            new Configuration
            {
                SecretScopes = [.. configurations.SelectMany(configuration => configuration.SecretScopes)],
                Features = configurations.SelectMany(configuration => configuration.Features).GroupBy(feature => feature.Key).ToDictionary(group => group.Key, group => group.Last().Value),
                TracingSamplingRate = configurations.Count == 0 ? 0 : configurations.Max(configuration => configuration.TracingSamplingRate),
            });
    }

    /// <summary>Kinds that are understood but change nothing yet, with where they are.</summary>
    public IEnumerable<(string What, SourceLocation Location)> WithoutEffect =>
        _documents.SelectMany(document => document.WithoutEffect);

    private void ReadDocument(YamlNode root, string file)
    {
        // An empty document, as between two "---" lines.
        if (root is YamlScalarNode { Value: null or "" })
            return;
        if (root is not YamlMappingNode mapping)
        {
            errors.Add(new SourceLocation(file, (int)root.Start.Line), "a resource must be a mapping with apiVersion, kind, metadata and spec");
            return;
        }
        if (ResourceDocument.Read(new YamlMap(mapping, file, errors), errors) is not { } document)
            return;
        if (_documents.Find(document.HasSameNameAs) is { } first)
            errors.Add(document.Location, $"{document.Kind} '{document.Name}' is defined twice, first at {first.Location}");
        else
            _documents.Add(document);
    }

    /// <summary>A <c>kustomization.yaml</c>, which lets Kubernetes take the same folder, is none of ours: daprd passes over its kind too.</summary>
    private static bool IsYaml(string file) =>
        Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml" && Path.GetFileNameWithoutExtension(file) != "kustomization";
}
