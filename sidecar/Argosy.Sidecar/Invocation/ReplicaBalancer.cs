using Argosy.Sidecar.Hosting;

namespace Argosy.Sidecar.Invocation;

/// <summary>Chooses the replica of an app that takes the next call: round-robin over those that are up.</summary>
internal sealed class ReplicaBalancer(SidecarApp app)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private int _last = -1;

    /// <summary>The next replica that is up; when none is, the next of all (the port may have opened a moment ago).</summary>
    /// <param name="except">A replica that has just failed; it comes again only when there is no other.</param>
    public VirtualSidecar? Next(VirtualSidecar? except = null)
    {
        var replicas = app.Replicas;
        var start = (uint)Interlocked.Increment(ref _last);
        VirtualSidecar? fallback = null;
        for (uint step = 0; step < (uint)replicas.Count; step++)
        {
            var replica = replicas[(int)((start + step) % (uint)replicas.Count)];
            if (replica.Channel is null)
                continue;
            if (replica.IsAppUp && replica != except)
                return replica;
            fallback ??= replica;
        }
        return fallback;
    }

    public bool HasOtherUp(VirtualSidecar failed) => app.Replicas.Any(replica => replica.IsAppUp && replica != failed);

    /// <summary>Waits until a replica comes up, but no longer than <paramref name="limit"/>.</summary>
    public async Task WaitForUpAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        var wasUp = app.Replicas.Any(replica => replica.IsAppUp);
        while (Environment.TickCount64 < deadline)
        {
            await Task.Delay(LookInterval, cancellationToken);
            if (!wasUp && app.Replicas.Any(replica => replica.IsAppUp))
                return;
            wasUp &= app.Replicas.Any(replica => replica.IsAppUp);
        }
    }
}
