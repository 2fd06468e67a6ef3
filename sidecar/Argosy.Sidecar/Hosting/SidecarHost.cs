using System.Diagnostics;
using Argosy.Sidecar.Errors;
using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Invocation;
using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Workflows;
using Grpc.AspNetCore.Server.Model;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Argosy.Sidecar.Hosting;

/// <summary>Runs a topology: its apps, and one web server for all their ports.</summary>
internal static partial class SidecarHost
{
    /// <returns>The exit code: 1 when the resources are wrong (each reason is written to standard error), else 0.</returns>
    public static async Task<int> RunAsync(Topology topology, IReadOnlyList<string> unusedFlags)
    {
        var started = Stopwatch.GetTimestamp();
        await using var logging = SidecarLogging.Create(topology);
        var loggers = logging.Factory;
        var log = loggers.CreateLogger("dapr.runtime");
        foreach (var flag in unusedFlags)
            LogUnusedFlag(log, flag);
        AppDirectory apps;
        try
        {
            apps = await new SidecarAppBuilder(loggers, TimeProvider.System).BuildAsync(topology, CancellationToken.None);
        }
        catch (InvalidResourcesException invalid)
        {
            await Console.Error.WriteLineAsync(invalid.Message);
            return 1;
        }
        await using var host = Build(topology, apps, loggers);
        try
        {
            await host.StartAsync();
        }
        catch (IOException portTaken)
        {
            await Console.Error.WriteLineAsync(portTaken.Message);
            return 1;
        }
        LogReady(log, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        await host.WaitForShutdownAsync();
        return 0;
    }

    private static WebApplication Build(Topology topology, AppDirectory apps, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => ApiPorts.Listen(kestrel, topology, apps));
        var services = builder.Services;
        services.Replace(ServiceDescriptor.Singleton(loggers));
        services.AddSingleton(topology);
        services.AddSingleton(apps);
        services.AddSingleton(TimeProvider.System);
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(topology.GracefulShutdownSeconds));
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SignalLifetime>());
        services.AddHostedService<SidecarLifetime>();
        services.AddSingleton<AppMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<AppMonitor>());
        services.AddSingleton<SidecarShutdown>();
        InvocationBlock.AddInvokers(services);
        services.AddRoutingCore();
        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<DaprErrorInterceptor>();
            grpc.MaxReceiveMessageSize = (int)Math.Min(int.MaxValue, topology.MaxBodyBytes);
            grpc.MaxSendMessageSize = grpc.MaxReceiveMessageSize;
            grpc.EnableDetailedErrors = true;
        }).AddServiceOptions<TaskHubService>(grpc =>
        {
            // The history of a long workflow is larger than any message an application sends; it goes no further than the app itself.
            grpc.MaxReceiveMessageSize = int.MaxValue;
            grpc.MaxSendMessageSize = int.MaxValue;
        });
        ServedReflection.Add(services);
        services.AddSingleton<ServedGrpcMethods>();
        services.AddSingleton<IServiceMethodProvider<DaprGrpcService>, DaprGrpcMethodProvider>();

        var host = builder.Build();
        host.UseMiddleware<ApiTokenMiddleware>();
        host.UseMiddleware<DaprErrorMiddleware>();
        host.UseMiddleware<InvocationMiddleware>();
        host.UseRouting();
        host.UseMiddleware<GrpcProxyMiddleware>();
        HealthRoutes.Map(host);
        foreach (var block in BuildingBlocks.All)
            block.MapHttp(host);
        host.MapGrpcService<DaprGrpcService>();
        ServedReflection.Map(host);
        host.MapFallback("{**path}", InvocationMiddleware.FallbackAsync);
        return host;
    }

    [LoggerMessage(1, LogLevel.Information, "dapr initialized. Status: Running. Init Elapsed {Elapsed}ms")]
    private static partial void LogReady(ILogger log, long elapsed);

    [LoggerMessage(2, LogLevel.Warning, "Flag {Flag} is accepted but has no effect here")]
    private static partial void LogUnusedFlag(ILogger log, string flag);
}
