using Argosy.Sidecar.Secrets;

namespace Argosy.Sidecar.Resources;

/// <summary>Turns metadata as written into values: secrets, environment variables and the templates <c>{uuid}</c>, <c>{appID}</c>,
/// <c>{namespace}</c> and <c>{podName}</c>.</summary>
internal sealed class MetadataResolver(string appId, string appNamespace)
{
    public async Task<IReadOnlyDictionary<string, string>> ResolveAsync(
        IReadOnlyList<MetadataItem> items, ISecretStore? secrets, Action<string> secretMissing, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            // Only what stands in the file itself can be a template.
            values[item.Name] = item switch
            {
                { SecretKeyRef: null, Value: { Length: > 0 } value } => Expand(value),
                _ => await ReadAsync(item, secrets, secretMissing, cancellationToken),
            };
        }
        return values;
    }

    /// <summary>The value of one item, templates left as they are.</summary>
    public static async Task<string> ReadAsync(MetadataItem item, ISecretStore? secrets, Action<string> secretMissing, CancellationToken cancellationToken) => item switch
    {
        { SecretKeyRef: { } reference } when secrets is not null => await ReadSecretAsync(reference, secrets, secretMissing, cancellationToken),
        { Value: { Length: > 0 } value } => value,
        { EnvRef: { Length: > 0 } variable } => ReadVariable(variable, item.Location),
        _ => "",
    };

    private static async Task<string> ReadSecretAsync(SecretKeyRef reference, ISecretStore secrets, Action<string> missing, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetAsync(reference.Name, new Dictionary<string, string>(), cancellationToken);
        if (secret is not null && secret.TryGetValue(reference.Key, out var value))
            return value;
        missing(reference.Name);
        return "";
    }

    /// <summary>The sidecar's own tokens must not leak into components, and DAPR_ENV_KEYS, when set, lists all that may be read.</summary>
    private static string ReadVariable(string name, SourceLocation location)
    {
        var isAllowed = !name.Contains(' ')
            && !name.StartsWith("DAPR_", StringComparison.OrdinalIgnoreCase)
            && !name.Equals("APP_API_TOKEN", StringComparison.OrdinalIgnoreCase)
            && (Environment.GetEnvironmentVariable("DAPR_ENV_KEYS") is not { Length: > 0 } keys || keys.Split(' ', ',').Contains(name));
        if (!isAllowed)
            throw new ResourceException(location, $"environment variable '{name}' may not be read by resources");
        return Environment.GetEnvironmentVariable(name) ?? "";
    }

    private string Expand(string value)
    {
        if (!value.Contains('{'))
            return value;
        value = value.Replace("{appID}", appId, StringComparison.Ordinal).Replace("{namespace}", appNamespace, StringComparison.Ordinal)
            .Replace("{podName}", Environment.GetEnvironmentVariable("POD_NAME") ?? "", StringComparison.Ordinal);
        while (value.IndexOf("{uuid}", StringComparison.Ordinal) is var at and >= 0)
            value = string.Concat(value.AsSpan(0, at), Guid.NewGuid().ToString(), value.AsSpan(at + "{uuid}".Length));
        return value;
    }
}
