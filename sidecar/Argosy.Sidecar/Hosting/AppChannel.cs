using System.Net;
using Grpc.Core;
using Grpc.Net.Client;

namespace Argosy.Sidecar.Hosting;

/// <summary>Calls from the sidecar into its app: adds the app token and holds to the app's concurrency limit.</summary>
internal sealed class AppChannel : IDisposable
{
    private readonly SemaphoreSlim? _concurrency;
    private readonly string? _appToken;
    private readonly Lazy<GrpcChannel> _grpc;

    public AppChannel(TopologyApp app, int port)
    {
        IsGrpc = app.AppProtocol is "grpc" or "grpcs";
        IsHttp2 = app.AppProtocol is "grpc" or "grpcs" or "h2c";
        BaseAddress = new Uri($"{(app.AppProtocol is "https" or "grpcs" ? "https" : "http")}://{app.AppAddress}:{port}");
        Origin = BaseAddress.GetLeftPart(UriPartial.Authority);
        _appToken = app.AppToken;
        _concurrency = app.AppMaxConcurrency > 0 ? new SemaphoreSlim(app.AppMaxConcurrency) : null;
        Invoker = new HttpMessageInvoker(NewHandler());
        // A pool of its own: the gRPC client changes settings of the handler it is given.
        _grpc = new Lazy<GrpcChannel>(() => GrpcChannel.ForAddress(BaseAddress, new GrpcChannelOptions { HttpHandler = NewHandler(), DisposeHttpClient = true }));
    }

    public Uri BaseAddress { get; }

    /// <summary><see cref="BaseAddress"/> without the slash at its end.</summary>
    public string Origin { get; }

    /// <summary>True when the app speaks HTTP/2 without negotiation (gRPC, h2c).</summary>
    public bool IsHttp2 { get; }

    public bool IsGrpc { get; }

    /// <summary>For calls of the app's gRPC callbacks.</summary>
    public CallInvoker GrpcInvoker => _grpc.Value.CreateCallInvoker();

    /// <summary>The raw connection pool, for request forwarding.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary>Sends a callback to the app. <paramref name="request"/> carries a path relative to the app.</summary>
    /// <exception cref="HttpRequestException">The app cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(BaseAddress, request.RequestUri!);
        if (IsHttp2)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        }
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
        if (_grpc.IsValueCreated)
            _grpc.Value.Dispose();
        Invoker.Dispose();
        _concurrency?.Dispose();
    }

    private static SocketsHttpHandler NewHandler() => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        EnableMultipleHttp2Connections = true,
    };

    internal readonly struct Lease(SemaphoreSlim? gate) : IDisposable
    {
        public void Dispose() => gate?.Release();
    }
}
