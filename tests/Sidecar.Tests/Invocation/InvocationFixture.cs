using System.Text;
using System.Text.Json;
using Argosy.Testing;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Argosy.Sidecar.Tests.Invocation;

/// <summary>One process with the sidecars of several apps: <c>shop</c> calls, <c>orders</c> answers what it was asked, <c>ledger</c> speaks
/// gRPC, <c>archive</c> lives in another namespace.</summary>
public sealed class InvocationFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestApp _shop = new(EchoAsync);
    private readonly TestApp _orders;
    private readonly TestApp _archive = new(EchoAsync);
    private readonly TestApp _ledger = new(context => Task.CompletedTask, HttpProtocols.Http2)
    {
        Services = services => services.AddGrpc(),
        Routes = app => app.MapGrpcService<Ledger>(),
    };

    public InvocationFixture() => _orders = new TestApp(context => context.Request.Path.Value switch
    {
        "/drip" => DripAsync(context),
        "/listen" => ListenAsync(context),
        _ => EchoAsync(context),
    });

    /// <summary>Lets <c>/drip</c> write its second part.</summary>
    public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What <c>/listen</c> read first.</summary>
    public TaskCompletionSource<string> Heard { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SidecarProcess Sidecar { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public DaprClient Dapr { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(_shop.StartAsync(), _orders.StartAsync(), _archive.StartAsync(), _ledger.StartAsync());
        Sidecar = new SidecarProcess(_folder.Path, extraArguments: "--topology topology.json");
        _folder.Write("topology.json", $$"""
            { "apps": [
              { "appId": "shop", "replicas": [ { "httpPort": {{Sidecar.HttpPort}}, "grpcPort": {{Sidecar.GrpcPort}}, "appPort": {{_shop.Port}} } ] },
              { "appId": "orders", "appToken": "orders-token", "replicas": [ {{Replica(_orders.Port)}} ] },
              { "appId": "orders", "namespace": "archive", "replicas": [ {{Replica(_archive.Port)}} ] },
              { "appId": "ledger", "appProtocol": "grpc", "appToken": "ledger-token", "replicas": [ {{Replica(_ledger.Port)}} ] } ] }
            """);
        await Sidecar.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(Sidecar.HttpEndpoint) };
        Dapr = new DaprClientBuilder().UseHttpEndpoint(Sidecar.HttpEndpoint).UseGrpcEndpoint(Sidecar.GrpcEndpoint).Build();
    }

    public async ValueTask DisposeAsync()
    {
        Dapr.Dispose();
        Http.Dispose();
        await Sidecar.DisposeAsync();
        await Task.WhenAll(_shop.StopAsync(), _orders.StopAsync(), _archive.StopAsync(), _ledger.StopAsync());
        _folder.Dispose();
    }

    private static string Replica(int appPort) => $$"""{ "httpPort": {{FreePort.Next()}}, "grpcPort": {{FreePort.Next()}}, "appPort": {{appPort}} }""";

    private async Task DripAsync(HttpContext context)
    {
        await context.Response.WriteAsync("first");
        await context.Response.Body.FlushAsync();
        await GoOn.Task.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("last");
    }

    private async Task ListenAsync(HttpContext context)
    {
        var buffer = new byte[64];
        var read = await context.Request.Body.ReadAsync(buffer);
        var first = Encoding.UTF8.GetString(buffer, 0, read);
        Heard.SetResult(first);
        using var rest = new StreamReader(context.Request.Body);
        await context.Response.WriteAsync(first + await rest.ReadToEndAsync());
    }

    /// <summary>Answers with what arrived; <c>/status/N</c> answers with that status, <c>/echo</c> gives the body back.</summary>
    private static async Task EchoAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/echo")
        {
            await context.Request.Body.CopyToAsync(context.Response.Body);
            return;
        }
        if (path.StartsWith("/status/", StringComparison.Ordinal))
        {
            context.Response.StatusCode = int.Parse(path["/status/".Length..]);
            context.Response.Headers["X-Reason"] = "because";
            await context.Response.WriteAsync("the app's own words");
            return;
        }
        using var body = new StreamReader(context.Request.Body);
        await context.Response.WriteAsJsonAsync(new Echo(
            context.Request.Method,
            path + context.Request.QueryString,
            await body.ReadToEndAsync(),
            context.Connection.LocalPort,
            context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString())));
    }

    /// <summary>An app that speaks gRPC.</summary>
    private sealed class Ledger : AppCallback.AppCallbackBase
    {
        public override Task<InvokeResponse> OnInvoke(InvokeRequest request, ServerCallContext context)
        {
            if (request.Method == "refuse")
                throw new RpcException(new Status(StatusCode.AlreadyExists, "booked twice"));
            var headers = context.RequestHeaders.Where(header => !header.IsBinary).ToDictionary(header => header.Key, header => header.Value);
            var echo = new Echo(request.HttpExtension?.Verb.ToString() ?? "", request.Method, request.Data?.Value.ToStringUtf8() ?? "", 0, headers);
            return Task.FromResult(new InvokeResponse
            {
                ContentType = "application/json",
                Data = new Any { Value = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(echo, JsonSerializerOptions.Web)) },
            });
        }
    }
}

/// <summary>What an app of the tests received.</summary>
public sealed record Echo(string Method, string Target, string Body, int Port, Dictionary<string, string> Headers);
