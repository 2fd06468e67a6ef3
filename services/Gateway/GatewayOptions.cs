using System.ComponentModel.DataAnnotations;
using Argosy.Gateway.Security;
using Argosy.ServiceDefaults.Http;
using Microsoft.Extensions.Options;

namespace Argosy.Gateway;

/// <summary>The gateway's settings, from the environment (<c>RateLimits__ReadsPerSecond</c>, <c>Web__Root</c>, …) or appsettings.</summary>
internal sealed class GatewayOptions
{
    /// <summary>The shop's address as browsers see it (<c>https://shop.example</c>), where redirects come back to. Unset: what each request
    /// names, which is right as long as what stands in front passes host and scheme on.</summary>
    [PublicUrl]
    public string? PublicUrl { get; set; }

    /// <summary>Networks of the proxies in front (<c>10.0.0.0/8, fd00::/8</c>) whose X-Forwarded-For and X-Forwarded-Proto are believed.
    /// Unset: nobody's.</summary>
    [NetworkList]
    public string? TrustedProxies { get; set; }

    [ValidateObjectMembers]
    public HubOptions Hubs { get; set; } = new();

    [ValidateObjectMembers]
    public RateLimitOptions RateLimits { get; set; } = new();

    [ValidateObjectMembers]
    public RequestLimitOptions RequestLimits { get; set; } = new();

    public WebOptions Web { get; set; } = new();

    [ValidateObjectMembers]
    public UpstreamOptions Upstream { get; set; } = new();
}

/// <summary>Each budget refills steadily and lets a burst of two seconds' worth through.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>Reads of one address. Generous, because whole offices share one.</summary>
    [Range(1, 1_000_000)]
    public int ReadsPerSecond { get; set; } = 20_000;

    /// <summary>Writes of one address.</summary>
    [Range(1, 1_000_000)]
    public int WritesPerSecond { get; set; } = 2_000;

    /// <summary>Writes of one guest or customer.</summary>
    [Range(1, 1_000_000)]
    public int GuestWritesPerSecond { get; set; } = 200;
}

internal sealed class RequestLimitOptions
{
    /// <summary>Largest request body of ordinary routes.</summary>
    [Range(1024, int.MaxValue)]
    public int BodyBytes { get; set; } = 256 * 1024;

    /// <summary>Largest product import; the sidecar lets no more than 4 MiB through unless told to.</summary>
    [Range(1024, int.MaxValue)]
    public int ImportBytes { get; set; } = 4 * 1024 * 1024;
}

internal sealed class HubOptions
{
    /// <summary>Notification's own address, for live news; without it there are none.</summary>
    [Url]
    public string? Address { get; set; }

    /// <summary>Notification's app token, which its sidecar would add.</summary>
    public string? AppToken { get; set; }
}

internal sealed class WebOptions
{
    /// <summary>Folder of the built web app; none is served when unset.</summary>
    public string? Root { get; set; }
}

internal sealed class UpstreamOptions
{
    /// <summary>How long a service may be silent before the client gets a 504.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; set; } = 30;
}

/// <summary>Checks the settings at start, without reflection.</summary>
[OptionsValidator]
internal sealed partial class GatewayOptionsValidator : IValidateOptions<GatewayOptions>;
