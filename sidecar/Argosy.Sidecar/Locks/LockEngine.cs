using Argosy.Sidecar.Errors;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Locks;

/// <summary>The lock API of one app over its lock stores.</summary>
internal sealed class LockEngine(SidecarApp app, ComponentSet components)
{
    public async Task<bool> TryLockAsync(string store, string resource, string owner, int expiryInSeconds, CancellationToken cancellationToken)
    {
        if (expiryInSeconds <= 0)
            throw LockErrors.Malformed($"ExpiryInSeconds is not positive in lock store {store}");
        var (target, keys) = Find(store, resource, owner);
        try
        {
            return await target.TryLockAsync(keys.Complete(resource), owner, TimeSpan.FromSeconds(expiryInSeconds), cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw LockErrors.TryLockFailed(failure.Message);
        }
    }

    public async Task<UnlockResult> UnlockAsync(string store, string resource, string owner, CancellationToken cancellationToken)
    {
        var (target, keys) = Find(store, resource, owner);
        try
        {
            return await target.UnlockAsync(keys.Complete(resource), owner, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw LockErrors.UnlockFailed(failure.Message);
        }
    }

    /// <exception cref="DaprApiException">There is no such store, or the request lacks something: in daprd's order.</exception>
    private (ILockStore Store, LockKeys Keys) Find(string store, string resource, string owner)
    {
        var stores = components.Of<ILockStore>().ToList();
        if (stores.Count == 0)
            throw LockErrors.NotConfigured();
        if (resource.Length == 0)
            throw LockErrors.Malformed($"ResourceId is empty in lock store {store}");
        if (owner.Length == 0)
            throw LockErrors.Malformed($"LockOwner is empty in lock store {store}");
        var component = stores.Find(candidate => candidate.Definition.Name == store) ?? throw LockErrors.NotFound(store);
        return ((ILockStore)component.Instance, LockKeys.From(component.Metadata, app.AppId));
    }
}
