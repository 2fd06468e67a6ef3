using System.Net;

namespace Argosy.Sidecar.Hosting;

/// <summary>Calls from the sidecar into its app: adds the app token and holds to the app's concurrency limit.</summary>
internal sealed class AppChannel : IDisposable
{
    private readonly SemaphoreSlim? _concurrency;
    private readonly string? _appToken;

    public AppChannel(TopologyApp app, int port)
    {
        IsHttp2 = app.AppProtocol is "grpc" or "grpcs" or "h2c";
        BaseAddress = new Uri($"{(app.AppProtocol is "https" or "grpcs" ? "https" : "http")}://{app.AppAddress}:{port}");
        Origin = BaseAddress.GetLeftPart(UriPartial.Authority);
        _appToken = app.AppToken;
        _concurrency = app.AppMaxConcurrency > 0 ? new SemaphoreSlim(app.AppMaxConcurrency) : null;
        Invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            EnableMultipleHttp2Connections = true,
        });
    }

    public Uri BaseAddress { get; }

    /// <summary><see cref="BaseAddress"/> without the slash at its end.</summary>
    public string Origin { get; }

    /// <summary>True when the app speaks HTTP/2 without negotiation (gRPC, h2c).</summary>
    public bool IsHttp2 { get; }

    /// <summary>The raw connection pool, for request forwarding.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary>Sends a callback to the app. <paramref name="request"/> carries a path relative to the app.</summary>
    /// <exception cref="HttpRequestException">The app cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(BaseAddress, request.RequestUri!);
        if (_appToken is not null)
            request.Headers.TryAddWithoutValidation("dapr-api-token", _appToken);
        using var _ = await EnterAsync(cancellationToken);
        return await Invoker.SendAsync(request, cancellationToken);
    }

    /// <summary>Waits for a place under the app's concurrency limit; dispose the result to give it back.</summary>
    public async ValueTask<Lease> EnterAsync(CancellationToken cancellationToken)
    {
        if (_concurrency is not null)
            await _concurrency.WaitAsync(cancellationToken);
        return new Lease(_concurrency);
    }

    public void Dispose()
    {
        Invoker.Dispose();
        _concurrency?.Dispose();
    }

    internal readonly struct Lease(SemaphoreSlim? gate) : IDisposable
    {
        public void Dispose() => gate?.Release();
    }
}
