using Argosy.Gateway.Sessions;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Gateway.Security;

/// <summary>Metrics tell competitors what the shop sells: at the edge, the only service whose port is public, they need the operator key.</summary>
internal sealed class OperationsMiddleware(RequestDelegate next, OperatorKey operators)
{
    private static readonly DomainError Refused = new("operator-key-required", "This route needs the operator key as a bearer token.", StatusCodes.Status401Unauthorized);

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/metrics") || operators.Matches(context.Request))
            return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Refused.ToProblem().ExecuteAsync(context);
    }
}
