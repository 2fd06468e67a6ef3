using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Argosy.Sidecar.Invocation;

/// <summary>gRPC calls of methods that the sidecar does not serve go to the app that their metadata names.</summary>
internal sealed class GrpcProxyMiddleware(RequestDelegate next, HttpInvoker invoker)
{
    private const string CalleeHeader = "dapr-callee-app-id";

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.IsGrpc() || context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is not null)
            return next(context);
        var headers = context.Request.Headers;
        var appId = headers[CalleeHeader].ToString() is { Length: > 0 } callee ? callee : headers[InvocationAddress.Header].ToString();
        if (appId.Length > 0)
        {
            // A stream may go on for ever; each of its messages is limited by the app.
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            return invoker.InvokeAsync(context, new InvocationAddress(appId, context.Request.Path.ToUriComponent()));
        }
        // Of Dapr's own services the SDKs must hear that a method is not implemented: they then try an older one.
        return context.Request.Path.StartsWithSegments("/" + DaprGrpcBinder.ServiceName, StringComparison.Ordinal)
            ? next(context)
            : GrpcAnswer.WriteAsync(context, StatusCode.Unknown, "failed to proxy request: required metadata dapr-callee-app-id or dapr-app-id not found");
    }
}
