using System.Collections.Concurrent;
using System.Net;
using Argosy.ServiceDefaults.Sidecar;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace Argosy.Gateway.Forwarding;

/// <summary>Forwards requests to services through the sidecar's invocation API, streaming both ways.</summary>
internal sealed class SidecarForwarder(IHttpForwarder forwarder, SidecarEndpoint sidecar, IOptions<GatewayOptions> options) : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _prefixes = new();
    private readonly ForwarderRequestConfig _config = new()
    {
        ActivityTimeout = TimeSpan.FromSeconds(options.Value.Upstream.TimeoutSeconds),
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private readonly HttpMessageInvoker _client = ForwardingClient.Create();

    public async Task ForwardAsync(HttpContext context, string appId, ForwardedIdentity identity)
    {
        var prefix = _prefixes.GetOrAdd(appId, static (id, endpoint) => $"{endpoint.Http.GetLeftPart(UriPartial.Authority)}/v1.0/invoke/{id}/method", sidecar);
        var exchange = new Exchange(prefix, sidecar.ApiToken, identity);
        var error = await forwarder.SendAsync(context, prefix, _client, _config, exchange);
        await exchange.FinishAsync(context, error);
    }

    public void Dispose() => _client.Dispose();
}
