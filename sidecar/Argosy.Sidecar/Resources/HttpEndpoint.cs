namespace Argosy.Sidecar.Resources;

/// <summary>An <c>HTTPEndpoint</c> document as written: a host outside the platform that apps invoke by name (docs.dapr.io, HTTPEndpoint schema).</summary>
/// <remarks>In a local topology the host may be one of its apps: where <see cref="BaseUrl"/> says http, no port but 80, and a host that is the id
/// of an app this process serves, calls go to a replica of that app, as the DNS of a cluster would lead them to its service. Every other host
/// is left to the machine's DNS.</remarks>
internal sealed record HttpEndpoint(string Name, Uri BaseUrl, IReadOnlyList<MetadataItem> Headers, SourceLocation Location)
{
    public ClientTls? ClientTls { get; init; }

    /// <summary>The secret store of headers and certificates; without one, those that name a secret stay empty.</summary>
    public string? SecretStore { get; init; }

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Everything in the document that may name a secret.</summary>
    public IEnumerable<MetadataItem> Values => ClientTls is null ? Headers : [.. Headers, .. ClientTls.Documents];
}

/// <summary>The certificates of an endpoint, each a PEM text or a secret that holds one.</summary>
/// <param name="RootCa">Trusted instead of the machine's own authorities.</param>
/// <param name="Certificate">Shown to the endpoint; its chain may follow it.</param>
/// <param name="PrivateKey">Of <paramref name="Certificate"/>.</param>
internal sealed record ClientTls(MetadataItem? RootCa, MetadataItem? Certificate, MetadataItem? PrivateKey, bool AllowsRenegotiation)
{
    public IEnumerable<MetadataItem> Documents => new[] { RootCa, Certificate, PrivateKey }.OfType<MetadataItem>();
}
