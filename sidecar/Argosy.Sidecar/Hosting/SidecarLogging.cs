using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Compact;

namespace Argosy.Sidecar.Hosting;

/// <summary>The process's log: compact JSON when asked, otherwise plain lines, on standard output.</summary>
internal sealed class SidecarLogging : IAsyncDisposable
{
    private readonly Logger _logger;

    private SidecarLogging(Logger logger)
    {
        _logger = logger;
        Factory = new SerilogLoggerFactory(logger);
    }

    public ILoggerFactory Factory { get; }

    public static SidecarLogging Create(Topology topology)
    {
        var settings = new LoggerConfiguration()
            .MinimumLevel.Is(Level(topology.LogLevel))
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Grpc", LogEventLevel.Warning)
            .MinimumLevel.Override("Yarp", LogEventLevel.Warning)
            // It warns that the HTTP ports cannot speak HTTP/2 without TLS; H2cDetection makes them.
            .MinimumLevel.Override("Microsoft.AspNetCore.Server.Kestrel", LogEventLevel.Error)
            // Off entirely: while it is on, the web server makes an Activity for every request.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LevelAlias.Off);
        settings = topology.LogAsJson
            ? settings.WriteTo.Console(new RenderedCompactJsonFormatter())
            : settings.WriteTo.Console(outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Message:lj}{NewLine}{Exception}");
        return new SidecarLogging(settings.CreateLogger());
    }

    public static bool IsLevel(string name) => name.ToLowerInvariant() is "debug" or "info" or "warn" or "warning" or "error" or "fatal";

    public async ValueTask DisposeAsync()
    {
        Factory.Dispose();
        await _logger.DisposeAsync();
    }

    private static LogEventLevel Level(string name) => name.ToLowerInvariant() switch
    {
        "debug" => LogEventLevel.Debug,
        "warn" or "warning" => LogEventLevel.Warning,
        "error" => LogEventLevel.Error,
        "fatal" => LogEventLevel.Fatal,
        _ => LogEventLevel.Information,
    };
}
