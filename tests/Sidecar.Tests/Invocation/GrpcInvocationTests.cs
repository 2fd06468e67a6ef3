using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Argosy.Sidecar.Grpc;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;
using CallMetadata = Grpc.Core.Metadata;

namespace Argosy.Sidecar.Tests.Invocation;

public sealed class GrpcInvocationTests(InvocationFixture fixture) : IClassFixture<InvocationFixture>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InvokeService_HttpApp_GetsVerbPathAndBody()
    {
        var response = await InvokeServiceAsync("orders", "a/b", HTTPExtension.Types.Verb.Put, "q=1");

        var echo = Read(response);
        Assert.Equal("PUT", echo.Method);
        Assert.Equal("/a/b?q=1", echo.Target);
        Assert.Equal("payload", echo.Body);
        Assert.Equal("shop", echo.Headers["dapr-caller-app-id"]);
        Assert.Equal("orders-token", echo.Headers["dapr-api-token"]);
        Assert.Equal("kept", echo.Headers["x-mine"]);
    }

    [Fact]
    public async Task InvokeService_HttpAppRefuses_IsTheMappedStatusWithDetails()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => InvokeServiceAsync("orders", "status/404", HTTPExtension.Types.Verb.Get, ""));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
        var details = Google.Rpc.Status.Parser.ParseFrom(failure.Trailers.GetValueBytes("grpc-status-details-bin")).Details.Single().Unpack<ErrorInfo>();
        Assert.Equal("404", details.Metadata["http.code"]);
        Assert.Equal("the app's own words", details.Metadata["http.error_message"]);
    }

    [Fact]
    public async Task InvokeService_GrpcApp_ReachesOnInvoke()
    {
        var echo = Read(await InvokeServiceAsync("ledger", "book", HTTPExtension.Types.Verb.Post, ""));

        Assert.Equal("book", echo.Target);
        Assert.Equal("payload", echo.Body);
        Assert.Equal("ledger-token", echo.Headers["dapr-api-token"]);
        Assert.Equal("shop", echo.Headers["dapr-caller-app-id"]);
    }

    [Fact]
    public async Task HttpInvoke_GrpcApp_IsTranslatedBothWays()
    {
        using var response = await fixture.Http.PostAsync(new Uri("/v1.0/invoke/ledger/method/book", UriKind.Relative), new StringContent("entry"), Now);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var echo = (await response.Content.ReadFromJsonAsync<Echo>(Now))!;
        Assert.Equal(("book", "entry"), (echo.Target, echo.Body));

        using var refused = await fixture.Http.PostAsync(new Uri("/v1.0/invoke/ledger/method/refuse", UriKind.Relative), null, Now);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("booked twice", (await refused.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("message").GetString());
    }

    [Fact]
    public async Task Proxy_ServiceOfTheApp_IsReachedByItsAppId()
    {
        var echo = Read(await CallAppAsync("book", new CallMetadata { { "dapr-app-id", "ledger" }, { "x-mine", "kept" } }));

        Assert.Equal("book", echo.Target);
        Assert.Equal("kept", echo.Headers["x-mine"]);
        Assert.Equal("shop", echo.Headers["dapr-caller-app-id"]);
        Assert.Equal("ledger-token", echo.Headers["dapr-api-token"]);
        Assert.False(echo.Headers.ContainsKey("dapr-app-id"));
    }

    [Fact]
    public async Task Proxy_FailureOfTheApp_PassesThrough()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => CallAppAsync("refuse", new CallMetadata { { "dapr-app-id", "ledger" } }));

        Assert.Equal((StatusCode.AlreadyExists, "booked twice"), (failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task Proxy_NoAppId_IsRefusedWithTheReason()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => CallAppAsync("book", []));

        Assert.Equal(StatusCode.Unknown, failure.StatusCode);
        Assert.Contains("dapr-app-id not found", failure.Status.Detail);
    }

    [Fact]
    public async Task Proxy_UnknownApp_IsADirectInvokeFailure()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => CallAppAsync("book", new CallMetadata { { "dapr-app-id", "nobody" } }));

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        Assert.Contains("couldn't find service: nobody", failure.Status.Detail);
    }

    [Fact]
    public async Task DaprService_MethodNotServed_IsUnimplemented()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => CallAsync<Empty, Empty>(DaprGrpcBinder.ServiceName, "GetVectorsAlpha1", new Empty(), []));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    private Task<InvokeResponse> InvokeServiceAsync(string appId, string method, HTTPExtension.Types.Verb verb, string query) =>
        CallAsync<InvokeServiceRequest, InvokeResponse>(DaprGrpcBinder.ServiceName, "InvokeService", new InvokeServiceRequest
        {
            Id = appId,
            Message = new InvokeRequest
            {
                Method = method,
                ContentType = "text/plain",
                Data = verb == HTTPExtension.Types.Verb.Get ? null : new Any { Value = ByteString.CopyFromUtf8("payload") },
                HttpExtension = new HTTPExtension { Verb = verb, Querystring = query },
            },
        }, new CallMetadata { { "x-mine", "kept" } });

    private Task<InvokeResponse> CallAppAsync(string method, CallMetadata headers) =>
        CallAsync<InvokeRequest, InvokeResponse>("dapr.proto.runtime.v1.AppCallback", "OnInvoke", new InvokeRequest { Method = method }, headers);

    private async Task<TResponse> CallAsync<TRequest, TResponse>(string service, string name, TRequest request, CallMetadata headers)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var channel = GrpcChannel.ForAddress(fixture.Sidecar.GrpcEndpoint);
        var method = new Method<TRequest, TResponse>(MethodType.Unary, service, name, ProtoMarshaller.Of<TRequest>(), ProtoMarshaller.Of<TResponse>());
        return await channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(headers, cancellationToken: Now), request);
    }

    private static Echo Read(InvokeResponse response) => JsonSerializer.Deserialize<Echo>(response.Data.Value.Span, JsonSerializerOptions.Web)!;
}
