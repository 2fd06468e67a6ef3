namespace Argosy.Sidecar.Hosting;

/// <summary>An engine that calls into the app (subscriptions, bindings, …): told when a replica's port starts and stops answering.
/// Registered in the app's container; calls for one replica never overlap.</summary>
internal interface IAppLifecycle
{
    Task AppUpAsync(VirtualSidecar replica, CancellationToken cancellationToken);

    /// <summary>The app is gone or the sidecar stops: start nothing new, and let what runs finish (<paramref name="cancellationToken"/>
    /// fires when the grace period is over).</summary>
    Task AppDownAsync(VirtualSidecar replica, CancellationToken cancellationToken);
}
