namespace Argosy.Sidecar.Locks;

/// <summary>A lock store component. Resources arrive complete, with their prefix.</summary>
internal interface ILockStore
{
    /// <returns>False when someone holds the lock, be it the same owner.</returns>
    Task<bool> TryLockAsync(string resource, string owner, TimeSpan expiry, CancellationToken cancellationToken);

    Task<UnlockResult> UnlockAsync(string resource, string owner, CancellationToken cancellationToken);
}

/// <summary>How an unlock ended, with the numbers of Dapr's API.</summary>
internal enum UnlockResult
{
    Success = 0,
    LockDoesNotExist = 1,
    LockBelongsToOthers = 2,
}
