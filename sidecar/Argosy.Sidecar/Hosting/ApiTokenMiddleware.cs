using System.Security.Cryptography;
using System.Text;
using Argosy.Sidecar.Grpc;
using Grpc.Core;

namespace Argosy.Sidecar.Hosting;

/// <summary>The door of the API: closed for a sidecar that was shut down, otherwise open for callers that present the app's API token, if it has one. The health routes are open.</summary>
internal sealed class ApiTokenMiddleware(RequestDelegate next)
{
    public const string Header = "dapr-api-token";

    public Task InvokeAsync(HttpContext context)
    {
        var sidecar = context.GetSidecar();
        if (sidecar.IsClosed)
            return RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, StatusCode.Unavailable, "the sidecar has been shut down");
        if (sidecar.App.ApiTokenBytes is not { } expected)
            return next(context);
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers[Header].ToString()), expected);
        if (!isRight && !IsHealthQuestion(context.Request))
            return RefuseAsync(context, StatusCodes.Status401Unauthorized, StatusCode.Unauthenticated, "invalid api token");
        // The token is for the sidecar alone and goes no further.
        context.Request.Headers.Remove(Header);
        return next(context);
    }

    /// <summary>These two requests exactly: whatever else begins like them may be a call of an app.</summary>
    private static bool IsHealthQuestion(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !request.IsGrpc() && request.Path.Value!.TrimEnd('/') is "/v1.0/healthz" or "/v1.0/healthz/outbound";

    private static Task RefuseAsync(HttpContext context, int status, StatusCode grpcStatus, string reason)
    {
        if (context.Request.IsGrpc())
            return GrpcAnswer.WriteAsync(context, grpcStatus, reason);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(reason);
    }
}
