namespace Argosy.Sidecar.Hosting;

/// <summary>Ends a sidecar at its app's wish. A process with this sidecar alone ends; one with others closes this one to all traffic.</summary>
internal sealed class SidecarShutdown(AppDirectory apps, AppMonitor monitor, IHostApplicationLifetime lifetime)
{
    public void Begin(VirtualSidecar sidecar, bool isForced)
    {
        if (apps.All.Sum(app => app.Replicas.Count) == 1)
        {
            if (isForced)
                Environment.Exit(1);
            lifetime.StopApplication();
            return;
        }
        sidecar.IsClosed = true;
        _ = monitor.LeaveAsync(sidecar);
    }
}
