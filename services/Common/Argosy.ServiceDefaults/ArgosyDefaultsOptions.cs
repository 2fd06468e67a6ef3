using Microsoft.AspNetCore.Http;

namespace Argosy.ServiceDefaults;

/// <summary>What differs from service to service in <see cref="ArgosyDefaults"/>.</summary>
public sealed class ArgosyDefaultsOptions
{
    /// <summary>The app id; also the name in logs, traces and metrics.</summary>
    public required string Service { get; init; }

    /// <summary>Browsers call this service directly (the gateway), so its callers have no app token, and it offers no routes to the
    /// sidecar. Default: false.</summary>
    public bool PublicFacing { get; set; }

    /// <summary>Path prefixes whose callers have no app token because they do not come through this service's sidecar, and which the service
    /// protects by itself. Default: none.</summary>
    public IList<PathString> OpenPaths { get; } = [];
}
