using System.Security.Cryptography;
using System.Text;

namespace Argosy.Sidecar.Hosting;

/// <summary>Lets only callers in that present the app's API token, if it has one. The health routes are open.</summary>
internal sealed class ApiTokenMiddleware(RequestDelegate next)
{
    public const string Header = "dapr-api-token";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetSidecar().App.ApiTokenBytes is not { } expected)
            return next(context);
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers[Header].ToString()), expected);
        if (!isRight && !context.Request.Path.StartsWithSegments("/v1.0/healthz", StringComparison.Ordinal))
            return RefuseAsync(context);
        // The token is for the sidecar alone and goes no further.
        context.Request.Headers.Remove(Header);
        return next(context);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        if (context.Request.IsGrpc())
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = "16";
            context.Response.Headers["grpc-message"] = "authentication error: api token mismatch";
            return Task.CompletedTask;
        }
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("invalid api token");
    }
}
