namespace Argosy.Sidecar.Hosting;

/// <summary>Watches the ports of the apps and tells the engines when a replica comes and goes.</summary>
internal sealed class AppMonitor(AppDirectory apps, ILoggerFactory loggers) : IHostedLifecycleService, IDisposable
{
    private readonly Dictionary<VirtualSidecar, ReplicaMonitor> _monitors = [];

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var log = loggers.CreateLogger<ReplicaMonitor>();
        foreach (var replica in apps.All.SelectMany(app => app.Replicas))
        {
            if (replica.Channel is null)
                continue;
            var monitor = new ReplicaMonitor(replica, [.. replica.App.Services.GetServices<IAppLifecycle>()], log);
            monitor.Start();
            _monitors.Add(replica, monitor);
        }
        return Task.CompletedTask;
    }

    /// <summary>Before the API closes: nothing inbound starts any more, and what runs may still use the API to finish.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_monitors.Values.Select(monitor => monitor.StopAsync(cancellationToken)));

    /// <summary>Ends inbound traffic of one replica while the others go on.</summary>
    public Task LeaveAsync(VirtualSidecar replica) =>
        _monitors.TryGetValue(replica, out var monitor) ? monitor.StopAsync(CancellationToken.None) : Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var monitor in _monitors.Values)
            monitor.Dispose();
    }
}
