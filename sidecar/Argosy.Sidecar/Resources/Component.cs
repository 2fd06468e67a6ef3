namespace Argosy.Sidecar.Resources;

/// <summary>A <c>Component</c> document as written, before secrets are resolved (docs.dapr.io, component schema).</summary>
internal sealed record Component(
    string Name,
    string Type,
    string Version,
    IReadOnlyList<MetadataItem> Metadata,
    SourceLocation Location)
{
    /// <summary>The secret store that <see cref="MetadataItem.SecretKeyRef"/> values come from; none means they cannot be resolved.</summary>
    public string? SecretStore { get; init; }

    /// <summary>App ids that may use the component; empty means all.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>When true, a failing component is left out instead of ending the start.</summary>
    public bool IgnoreErrors { get; init; }

    /// <summary>How long initialisation may take; daprd's default is 5 seconds.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public bool IsInScopeOf(string appId) => Scopes.Count == 0 || Scopes.Contains(appId);
}

/// <summary>One entry of <c>spec.metadata</c>: exactly one of value, secret or environment variable.</summary>
internal sealed record MetadataItem(string Name, string? Value, SecretKeyRef? SecretKeyRef, string? EnvRef, SourceLocation Location);

/// <summary>A key of a named secret; Dapr lets <c>key</c> default to the secret's name.</summary>
internal sealed record SecretKeyRef(string Name, string Key);
