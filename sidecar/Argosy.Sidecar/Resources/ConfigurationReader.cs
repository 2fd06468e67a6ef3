using System.Globalization;

namespace Argosy.Sidecar.Resources;

/// <summary>Reads <c>Configuration</c> documents.</summary>
internal static class ConfigurationReader
{
    private static readonly string[] SectionsWithoutEffect =
        ["metric", "metrics", "httpPipeline", "appHttpPipeline", "accessControl", "nameResolution", "api", "components", "logging", "mtls", "workflow", "wasm"];

    private static readonly string[] TracingExporters = ["zipkin", "otel", "stdout"];

    public static Configuration Read(YamlMap root, ResourceErrors errors, List<(string, SourceLocation)> withoutEffect)
    {
        if (root.Map("spec") is not { } spec)
            return new Configuration();
        var configuration = new Configuration
        {
            TracingSamplingRate = ReadSamplingRate(spec.Map("tracing"), errors, withoutEffect),
            SecretScopes = [.. ReadSecretScopes(spec.Map("secrets"), errors)],
            Features = ReadFeatures(spec),
        };
        foreach (var section in SectionsWithoutEffect.Where(spec.Has))
            withoutEffect.Add(($"Configuration section '{section}'", spec.LocationOf(section)));
        spec.RefuseUnknownFields();
        return configuration;
    }

    private static double ReadSamplingRate(YamlMap? tracing, ResourceErrors errors, List<(string, SourceLocation)> withoutEffect)
    {
        if (tracing is null)
            return 0;
        foreach (var exporter in TracingExporters.Where(tracing.Has))
            withoutEffect.Add(($"tracing exporter '{exporter}'", tracing.LocationOf(exporter)));
        var text = tracing.Text("samplingRate");
        tracing.RefuseUnknownFields();
        if (text is null)
            return 0;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0 and <= 1)
            return rate;
        errors.Add(tracing.LocationOf("samplingRate"), $"'samplingRate' is '{text}', expected a number from 0 to 1");
        return 0;
    }

    private static IEnumerable<SecretScope> ReadSecretScopes(YamlMap? secrets, ResourceErrors errors)
    {
        if (secrets is null)
            yield break;
        foreach (var scope in secrets.Maps("scopes"))
        {
            var access = (scope.Text("defaultAccess") ?? "allow").ToLowerInvariant();
            if (access is not ("allow" or "deny"))
                errors.Add(scope.LocationOf("defaultAccess"), $"'defaultAccess' is '{access}', expected allow or deny");
            yield return new SecretScope(scope.RequiredText("storeName"), access == "allow", scope.Texts("allowedSecrets"), scope.Texts("deniedSecrets"));
            scope.RefuseUnknownFields();
        }
        secrets.RefuseUnknownFields();
    }

    private static Dictionary<string, bool> ReadFeatures(YamlMap spec)
    {
        var features = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var feature in spec.Maps("features"))
        {
            features[feature.RequiredText("name")] = feature.Flag("enabled");
            feature.RefuseUnknownFields();
        }
        return features;
    }
}
