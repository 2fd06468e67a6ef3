using System.Text.Json;
using Argosy.Sidecar.Grpc;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;
using CallMetadata = Grpc.Core.Metadata;

namespace Argosy.Sidecar.Tests.Invocation;

/// <summary><c>InvokeService</c> on hosts outside the platform.</summary>
[Collection(nameof(EndpointFixture))]
public sealed class GrpcEndpointTests(EndpointFixture fixture)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("outside", "v1/charges", "/base/v1/charges?x=1")]
    [InlineData("outside", "../../v1/charges", "/base/v1/charges?x=1")]
    [InlineData("url", "v1/charges", "/v1/charges?x=1")]
    public async Task InvokeService_Endpoint_GetsVerbPathBodyAndHeaders(string id, string method, string target)
    {
        var response = await InvokeAsync(id == "url" ? $"http://localhost:{fixture.OutsidePort}" : id, method, HTTPExtension.Types.Verb.Put);

        var echo = JsonSerializer.Deserialize<Echo>(response.Data.Value.Span, JsonSerializerOptions.Web)!;
        Assert.Equal(("PUT", target, "payload"), (echo.Method, echo.Target, echo.Body));
        Assert.Equal("kept", echo.Headers["x-mine"]);
        Assert.Equal(id == "url" ? null : "Bearer s3cret", echo.Headers.GetValueOrDefault("authorization"));
        Assert.Equal($"localhost:{fixture.OutsidePort}", echo.Headers["host"]);
        Assert.DoesNotContain(echo.Headers.Keys, name => name.StartsWith("dapr-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task InvokeService_EndpointRefuses_IsTheMappedStatus()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => InvokeAsync("outside", "status/409", HTTPExtension.Types.Verb.Post));

        Assert.Equal(StatusCode.AlreadyExists, failure.StatusCode);
    }

    [Fact]
    public async Task InvokeService_EndpointIsAway_IsInternal()
    {
        var failure = await Assert.ThrowsAsync<RpcException>(() => InvokeAsync("away", "x", HTTPExtension.Types.Verb.Get));

        Assert.Equal(StatusCode.Internal, failure.StatusCode);
        Assert.StartsWith("failed to invoke, id: away, err: Connection refused", failure.Status.Detail);
    }

    private async Task<InvokeResponse> InvokeAsync(string id, string method, HTTPExtension.Types.Verb verb)
    {
        using var channel = GrpcChannel.ForAddress(fixture.Sidecar.GrpcEndpoint);
        var invoke = new Method<InvokeServiceRequest, InvokeResponse>(
            MethodType.Unary, DaprGrpcBinder.ServiceName, "InvokeService", ProtoMarshaller.Of<InvokeServiceRequest>(), ProtoMarshaller.Of<InvokeResponse>());
        var request = new InvokeServiceRequest
        {
            Id = id,
            Message = new InvokeRequest
            {
                Method = method,
                ContentType = "text/plain",
                Data = new Any { Value = ByteString.CopyFromUtf8("payload") },
                HttpExtension = new HTTPExtension { Verb = verb, Querystring = "x=1" },
            },
        };
        var headers = new CallMetadata { { "dapr-api-token", "sesame" }, { "x-mine", "kept" } };
        return await channel.CreateCallInvoker().AsyncUnaryCall(invoke, null, new CallOptions(headers, cancellationToken: Now), request);
    }
}
