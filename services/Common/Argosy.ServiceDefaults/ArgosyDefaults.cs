using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Health;
using Argosy.ServiceDefaults.Http;
using Argosy.ServiceDefaults.Sidecar;
using Argosy.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Argosy.ServiceDefaults;

/// <summary>What every Argosy service shares, in one call before and one after <c>Build()</c>.</summary>
public static class ArgosyDefaults
{
    /// <summary>Adds logging, telemetry, health, problem details, JSON, the Dapr client, the app-token check and OpenAPI.</summary>
    /// <param name="builder">The service's host.</param>
    /// <param name="service">The app id; also the name in logs, traces and metrics.</param>
    /// <param name="configure">Changes what differs from service to service.</param>
    public static WebApplicationBuilder AddArgosyDefaults(this WebApplicationBuilder builder, string service, Action<ArgosyDefaultsOptions>? configure = null)
    {
        var options = new ArgosyDefaultsOptions { Service = service };
        configure?.Invoke(options);
        builder.Services.TryAddSingleton(options);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.AddArgosyLogging(options);
        builder.AddArgosyTelemetry(options);
        builder.AddSidecar();
        builder.Services.AddProblems();
        builder.Services.AddArgosyHealth();
        builder.Services.ConfigureHttpJsonOptions(json => ArgosyJson.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddOpenApi();
        return builder;
    }

    /// <summary>Adds the middleware and the routes every service has: health, metrics, OpenAPI and the list of subscriptions.
    /// Call it first after <c>Build()</c>.</summary>
    public static WebApplication MapArgosyDefaults(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<ArgosyDefaultsOptions>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        if (!options.PublicFacing)
            app.UseMiddleware<AppTokenMiddleware>();
        app.MapArgosyHealth();
        app.MapPrometheusScrapingEndpoint("/metrics").DisableHttpMetrics();
        if (!options.PublicFacing)
        {
            app.MapOpenApi("/openapi/{documentName}.json");
            app.MapSubscribeHandler();
        }
        return app;
    }
}
