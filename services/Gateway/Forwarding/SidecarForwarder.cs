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

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
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

    public async Task ForwardAsync(HttpContext context, string appId, ForwardedIdentity identity)
    {
        var prefix = _prefixes.GetOrAdd(appId, static (id, endpoint) => $"{endpoint.Http.GetLeftPart(UriPartial.Authority)}/v1.0/invoke/{id}/method", sidecar);
        var exchange = new Exchange(prefix, sidecar.ApiToken, identity);
        var error = await forwarder.SendAsync(context, prefix, _client, _config, exchange);
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            return;
        var problem = error == ForwarderError.None ? exchange.Problem : UpstreamProblems.Of(error, context.GetForwarderErrorFeature()?.Exception);
        if (problem is not null)
            await problem.ToProblem().ExecuteAsync(context);
    }

    public void Dispose() => _client.Dispose();
}
