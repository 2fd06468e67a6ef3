namespace Argosy.Sidecar.Resources;

/// <summary>An <c>HTTPEndpoint</c> document: a host outside the platform, known to apps by name.</summary>
internal sealed record HttpEndpoint(string Name, Uri BaseUrl, IReadOnlyList<MetadataItem> Headers, SourceLocation Location)
{
    public string? SecretStore { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];
}
