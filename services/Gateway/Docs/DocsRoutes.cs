using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;

namespace Argosy.Gateway.Docs;

/// <summary><c>/docs</c>: the whole public API to read and try, from one document.</summary>
internal static class DocsRoutes
{
    public static void MapDocs(this WebApplication app)
    {
        app.MapGet("/docs/openapi.json", async (OpenApiAggregator aggregator, CancellationToken cancellationToken) =>
            Results.Bytes(await aggregator.GetAsync(cancellationToken), "application/json"));
        app.MapScalarApiReference("/docs", options => options
                .WithTitle("Argosy API")
                .WithOpenApiRoutePattern("/docs/openapi.json")
                .WithNonce())
            .AddEndpointFilter((context, next) =>
            {
                context.HttpContext.Response.OnStarting(AllowViewer, context.HttpContext);
                return next(context);
            });
    }

    // The viewer brings its own styles and one script per page, which the nonce names; the shop's own pages stay stricter.
    private static Task AllowViewer(object state)
    {
        var context = (HttpContext)state;
        if (context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce)
        {
            context.Response.Headers[HeaderNames.ContentSecurityPolicy] =
                $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";
        }
        return Task.CompletedTask;
    }
}
