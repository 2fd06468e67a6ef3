using Argosy.ServiceDefaults.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Argosy.Gateway.Security;

/// <summary>Knows the shop's own origin, and tells whether a request comes from a page of it.</summary>
internal sealed class OriginGuard(IOptions<GatewayOptions> options)
{
    private readonly string? _public = PublicUrlAttribute.OriginOf(options.Value.PublicUrl);

    /// <summary>The shop's origin as the browser of this request sees it.</summary>
    public string OriginOf(HttpRequest request) => _public ?? Addressed(request);

    /// <summary>Browsers say where a page comes from when it opens a WebSocket or posts, and pages cannot change what they say.</summary>
    public RequestOrigin Check(HttpRequest request)
    {
        var origin = request.Headers[HeaderNames.Origin];
        if (origin.Count == 0)
            return RequestOrigin.Unknown;
        // The public address first; the other one is for whoever reaches the gateway past it, on the machine itself for example.
        return Is(origin, _public) || Is(origin, Addressed(request)) ? RequestOrigin.Own : RequestOrigin.Foreign;
    }

    private static string Addressed(HttpRequest request) => $"{request.Scheme}://{request.Host.ToUriComponent()}";

    private static bool Is(string? origin, string? own) => own is not null && string.Equals(origin, own, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Where a request comes from.</summary>
internal enum RequestOrigin
{
    /// <summary>It does not say: no browser, or a browser's plain read.</summary>
    Unknown,

    /// <summary>A page of the shop.</summary>
    Own,

    /// <summary>A page of someone else.</summary>
    Foreign,
}
