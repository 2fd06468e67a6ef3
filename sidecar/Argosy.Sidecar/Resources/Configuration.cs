namespace Argosy.Sidecar.Resources;

/// <summary>The parts of <c>Configuration</c> documents that the sidecar acts on; several documents add up.</summary>
internal sealed record Configuration
{
    public IReadOnlyList<SecretScope> SecretScopes { get; init; } = [];

    /// <summary>Feature flags, by name.</summary>
    public IReadOnlyDictionary<string, bool> Features { get; init; } = new Dictionary<string, bool>();

    /// <summary>Share of traces recorded, 0 to 1.</summary>
    public double TracingSamplingRate { get; init; }
}

/// <summary>Which secrets of one store the app may read.</summary>
internal sealed record SecretScope(string StoreName, bool AllowedByDefault, IReadOnlyList<string> AllowedSecrets, IReadOnlyList<string> DeniedSecrets)
{
    /// <summary>An explicit list of allowed secrets is the whole truth; otherwise what is not denied follows the default.</summary>
    public bool Allows(string secret) =>
        AllowedSecrets.Count > 0 ? AllowedSecrets.Contains(secret) : AllowedByDefault && !DeniedSecrets.Contains(secret);
}
