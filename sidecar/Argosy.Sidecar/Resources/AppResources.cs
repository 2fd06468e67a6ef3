namespace Argosy.Sidecar.Resources;

/// <summary>The resource documents that are in the scope of one app, as written.</summary>
internal sealed record AppResources(
    IReadOnlyList<Component> Components,
    IReadOnlyList<Subscription> Subscriptions,
    IReadOnlyList<HttpEndpoint> HttpEndpoints,
    Configuration Configuration);
