using System.Net;
using Argosy.Gateway.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Argosy.Gateway.Forwarding;

/// <summary>Forwards live news straight to Notification, WebSockets included, which Dapr's invocation does not carry: the one hop that passes
/// no sidecar.</summary>
internal sealed class HubForwarder(IHttpForwarder forwarder, IOptions<GatewayOptions> options) : IDisposable
{
    // What the WebSocket handshake and SignalR's client need besides what every service gets.
    private static readonly string[] HubHeaders =
    [
        HeaderNames.SecWebSocketKey, HeaderNames.SecWebSocketVersion, HeaderNames.SecWebSocketProtocol, HeaderNames.SecWebSocketExtensions,
        HeaderNames.XRequestedWith, "X-SignalR-User-Agent",
    ];

    // Both sides send something every 15 seconds and end what is silent for 30; a long poll is answered after 90.
    private static readonly ForwarderRequestConfig Listening = Config(TimeSpan.FromMinutes(5));

    private readonly ForwarderRequestConfig _calling = Config(TimeSpan.FromSeconds(options.Value.Upstream.TimeoutSeconds));
    private readonly HubOptions _hubs = options.Value.Hubs;
    private readonly HttpMessageInvoker _client = ForwardingClient.Create();

    public async Task ForwardAsync(HttpContext context, ForwardedIdentity identity)
    {
        if (string.IsNullOrEmpty(_hubs.Address))
        {
            await Edge.NoSuchRoute.ToProblem().ExecuteAsync(context);
            return;
        }
        var address = _hubs.Address.TrimEnd('/');
        var exchange = new Exchange(address, _hubs.AppToken, identity, HubHeaders);
        var error = await forwarder.SendAsync(context, address, _client, HttpMethods.IsPost(context.Request.Method) ? _calling : Listening, exchange);
        await exchange.FinishAsync(context, error);
    }

    public void Dispose() => _client.Dispose();

    private static ForwarderRequestConfig Config(TimeSpan silence) => new()
    {
        ActivityTimeout = silence,
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
