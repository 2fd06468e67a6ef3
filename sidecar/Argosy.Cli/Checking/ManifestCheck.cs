using Argosy.Sidecar.Resources;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Argosy.Cli.Checking;

/// <summary>Checks that Kubernetes manifests are YAML and say what they are. Whether they are right as a whole is shown by
/// <c>tests/Deployment.Tests</c>, which needs kubectl.</summary>
internal static class ManifestCheck
{
    private static readonly string[] Required = ["apiVersion", "kind"];

    /// <param name="folder">May be missing, as in a published folder.</param>
    public static void Run(string folder, ResourceErrors errors)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
            Check(file, errors);
    }

    private static void Check(string file, ResourceErrors errors)
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
        foreach (var root in stream.Documents.Select(document => document.RootNode))
        {
            var names = root is YamlMappingNode mapping ? mapping.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value).ToList() : [];
            foreach (var missing in Required.Where(name => !names.Contains(name)))
                errors.Add(new SourceLocation(file, (int)Math.Max(1, root.Start.Line)), $"a manifest needs '{missing}'");
        }
    }
}
