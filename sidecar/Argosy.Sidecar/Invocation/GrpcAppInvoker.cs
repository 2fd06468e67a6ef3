using System.Text.Json;
using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using CallMetadata = Grpc.Core.Metadata;

namespace Argosy.Sidecar.Invocation;

/// <summary>Calls <c>OnInvoke</c> of apps that speak gRPC, also for callers that speak HTTP.</summary>
internal static class GrpcAppInvoker
{
    private static readonly Method<InvokeRequest, InvokeResponse> OnInvoke =
        new(MethodType.Unary, "dapr.proto.runtime.v1.AppCallback", "OnInvoke", ProtoMarshaller.Of<InvokeRequest>(), ProtoMarshaller.Of<InvokeResponse>());

    /// <exception cref="RpcException">The app's own failure.</exception>
    public static async Task<InvokeResponse> InvokeAsync(VirtualSidecar caller, VirtualSidecar target, InvokeRequest request, CallMetadata headers, CancellationToken cancellationToken)
    {
        headers.Add("dapr-caller-app-id", caller.App.AppId);
        headers.Add("dapr-callee-app-id", target.App.AppId);
        if (target.App.Settings.AppToken is { } token)
            headers.Add(ApiTokenMiddleware.Header, token);
        return await target.Channel!.GrpcInvoker.AsyncUnaryCall(OnInvoke, null, new CallOptions(headers, cancellationToken: cancellationToken), request);
    }

    /// <returns>Null when the response is written, otherwise why there is none.</returns>
    public static async ValueTask<Exception?> InvokeAsync(HttpContext context, VirtualSidecar target, string pathAndQuery)
    {
        var query = pathAndQuery.IndexOf('?');
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var request = new InvokeRequest
        {
            Method = Uri.UnescapeDataString(query < 0 ? pathAndQuery[1..] : pathAndQuery[1..query]),
            ContentType = context.Request.ContentType ?? "application/json",
            Data = new Any { Value = ByteString.CopyFrom(body.GetBuffer().AsSpan(0, (int)body.Length)) },
            HttpExtension = new HTTPExtension
            {
                Verb = System.Enum.TryParse<HTTPExtension.Types.Verb>(context.Request.Method, ignoreCase: true, out var verb) ? verb : HTTPExtension.Types.Verb.Post,
                Querystring = query < 0 ? "" : pathAndQuery[(query + 1)..],
            },
        };
        try
        {
            var response = await InvokeAsync(context.GetSidecar(), target, request, HeadersOf(context.Request), context.RequestAborted);
            context.Response.ContentType = response.ContentType.Length > 0 ? response.ContentType : "application/json";
            await context.Response.Body.WriteAsync((response.Data?.Value ?? ByteString.Empty).Memory, context.RequestAborted);
        }
        catch (RpcException unreachable) when (unreachable.Status.DebugException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } notConnected)
        {
            return notConnected;
        }
        catch (RpcException failure)
        {
            context.Response.StatusCode = GrpcStatusMap.ToHttp(failure.StatusCode);
            context.Response.ContentType = "application/json";
            await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
            json.WriteStartObject();
            json.WriteNumber("code", (int)failure.StatusCode);
            json.WriteString("message", failure.Status.Detail);
            json.WriteEndObject();
        }
        return null;
    }

    private static CallMetadata HeadersOf(HttpRequest request)
    {
        var headers = new CallMetadata();
        foreach (var (name, values) in request.Headers)
        {
            if (InvocationHeaders.PassToGrpc(name))
                headers.Add(name.ToLowerInvariant(), values.ToString());
        }
        return headers;
    }
}
