using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Argosy.ServiceDefaults.Telemetry;

/// <summary>One JSON object per line on the console, with trace ids. <c>ARGOSY_LOG_LEVEL</c> (Debug, Information, …) sets how much.</summary>
internal static class LoggingSetup
{
    public static void AddArgosyLogging(this WebApplicationBuilder builder, ArgosyDefaultsOptions options)
    {
        var level = builder.Configuration.GetValue("ARGOSY_LOG_LEVEL", LogEventLevel.Information);
        var quiet = level > LogEventLevel.Warning ? level : LogEventLevel.Warning;
        builder.Logging.ClearProviders();
        // Other providers: the OpenTelemetry exporter, when there is one.
        builder.Services.AddSerilog(
            log => log
                .MinimumLevel.Is(level)
                .MinimumLevel.Override("Microsoft", quiet)
                .MinimumLevel.Override("System", quiet)
                .MinimumLevel.Override("Yarp", quiet)
                .MinimumLevel.Override("Microsoft.Hosting.Lifetime", level)
                .Enrich.WithProperty("service", options.Service)
                .WriteTo.Console(new RenderedCompactJsonFormatter()),
            writeToProviders: TelemetrySetup.IsExporting(builder.Configuration));
    }
}
