using Argosy.Sidecar.Errors;
using Grpc.Core;

namespace Argosy.Sidecar.Hosting;

/// <summary>The health routes. Outbound is ready as soon as the API answers at all; the full health also waits for the app.</summary>
internal static class HealthRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1.0/healthz", (HttpContext context, string? appid) =>
        {
            var sidecar = context.GetSidecar();
            if (appid is not null && appid != sidecar.App.AppId)
                throw new DaprApiException(StatusCodes.Status500InternalServerError, "ERR_HEALTH_APPID_NOT_MATCH", StatusCode.FailedPrecondition, "dapr app-id does not match");
            if (!sidecar.IsReady)
                throw new DaprApiException(StatusCodes.Status500InternalServerError, "ERR_HEALTH_NOT_READY", StatusCode.Unavailable, "dapr is not ready: [app]");
            return TypedResults.NoContent();
        });
        routes.MapGet("/v1.0/healthz/outbound", () => TypedResults.NoContent());
    }
}
