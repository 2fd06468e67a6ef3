using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Argosy.ServiceDefaults.Telemetry;

/// <summary>Metrics for Prometheus always; traces, metrics and logs over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> points somewhere.</summary>
internal static class TelemetrySetup
{
    /// <summary>Meters and activity sources of ours start with it.</summary>
    public const string Prefix = "argosy.";

    public static bool IsExporting(IConfiguration configuration) => configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 };

    public static void AddArgosyTelemetry(this WebApplicationBuilder builder, ArgosyDefaultsOptions options)
    {
        var exporting = IsExporting(builder.Configuration);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(options.Service, serviceNamespace: "argosy"))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Prefix + "*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime").AddPrometheusExporter();
                if (exporting)
                    metrics.AddHttpClientInstrumentation().AddOtlpExporter();
            });
        if (!exporting)
            return;
        telemetry.WithTracing(traces => traces
            .AddSource(Prefix + "*")
            .AddAspNetCoreInstrumentation(asp => asp.Filter = context => !context.Request.Path.StartsWithSegments("/health") && context.Request.Path != "/metrics")
            .AddHttpClientInstrumentation()
            .AddOtlpExporter());
        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.IncludeScopes = true;
            logs.SetResourceBuilder(ResourceBuilder.CreateDefault().AddService(options.Service, serviceNamespace: "argosy"));
            logs.AddOtlpExporter();
        });
    }
}
