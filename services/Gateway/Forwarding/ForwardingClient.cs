using System.Net;

namespace Argosy.Gateway.Forwarding;

/// <summary>The client requests are forwarded with: it adds and follows nothing of its own.</summary>
internal static class ForwardingClient
{
    public static HttpMessageInvoker Create() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        // The transformer writes the trace header itself: one string instead of a diagnostic activity per hop.
        ActivityHeadersPropagator = null,
    });
}
