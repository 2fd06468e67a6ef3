using Argosy.Sidecar.Errors;
using Argosy.Sidecar.Hosting;
using Grpc.Core;

namespace Argosy.Sidecar.Invocation;

/// <summary>Takes service invocation out of the pipeline before routing: it is the busiest path of the sidecar, and any path below it belongs
/// to the app.</summary>
internal sealed class InvocationMiddleware(RequestDelegate next, HttpInvoker invoker)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (!path.StartsWith(InvocationAddress.Prefix, StringComparison.Ordinal) || context.Request.IsGrpc())
            return next(context);
        return invoker.InvokeAsync(context, InvocationAddress.FromPath(context) ?? throw NoAppId());
    }

    /// <summary>For what no route matches: the app id may be in a header; otherwise the path is unknown.</summary>
    public static Task FallbackAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<HttpInvoker>().InvokeAsync(context, InvocationAddress.FromHeaders(context) ?? throw NoAppId());

    private static DaprApiException NoAppId() =>
        new(StatusCodes.Status404NotFound, "ERR_DIRECT_INVOKE", StatusCode.NotFound, "failed getting app id either from the URL path or the header dapr-app-id");
}
