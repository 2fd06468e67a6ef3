using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.State;

/// <summary>A state store component. Keys arrive complete, with their prefix.</summary>
internal interface IStateStore : IDescribedComponent
{
    StateFeatures Features { get; }

    IEnumerable<string> IDescribedComponent.Capabilities
    {
        get
        {
            if (Features.HasFlag(StateFeatures.ETag))
                yield return "ETAG";
            if (Features.HasFlag(StateFeatures.Transactional))
                yield return "TRANSACTIONAL";
            if (Features.HasFlag(StateFeatures.Ttl))
                yield return "TTL";
            if (Features.HasFlag(StateFeatures.KeysLike))
                yield return "KEYS_LIKE";
            if (Features.HasFlag(StateFeatures.DeleteWithPrefix))
                yield return "DELETE_WITH_PREFIX";
            // What actors need of their store.
            if (Features.HasFlag(StateFeatures.ETag | StateFeatures.Transactional))
                yield return "ACTOR";
        }
    }

    /// <summary>The live value of a key; null when there is none or it has expired.</summary>
    ValueTask<StateItem?> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>The live values of the keys that have one, in the store's order.</summary>
    ValueTask<IReadOnlyList<StateItem>> GetManyAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <exception cref="ETagMismatchException">The key has another version than the operation expects.</exception>
    Task ApplyAsync(StateOperation operation, CancellationToken cancellationToken);

    /// <summary>All or nothing.</summary>
    /// <exception cref="ETagMismatchException">One key has another version than its operation expects.</exception>
    Task TransactAsync(IReadOnlyList<StateOperation> operations, CancellationToken cancellationToken);

    /// <summary>Live keys that start with <paramref name="prefix"/>, in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> GetKeysAsync(string prefix, CancellationToken cancellationToken);
}

/// <summary>What a store can do; the names daprd shows in its metadata are ETAG, TRANSACTIONAL, TTL, KEYS_LIKE, DELETE_WITH_PREFIX.</summary>
[Flags]
internal enum StateFeatures
{
    None = 0,
    ETag = 1,
    Transactional = 2,
    Ttl = 4,
    KeysLike = 8,
    DeleteWithPrefix = 16,
}

/// <summary>A stored value with its version.</summary>
internal sealed record StateItem(string Key, ReadOnlyMemory<byte> Value, string? ETag, DateTimeOffset? ExpiresAt);

/// <summary>A write to one key.</summary>
/// <param name="ETag">Expected version; null or empty means none.</param>
/// <param name="FirstWrite">With no ETag: only if the key does not exist.</param>
internal abstract record StateOperation(string Key, string? ETag, bool FirstWrite);

/// <param name="IsJson">True when the value came as JSON (HTTP); stores that keep text keep it readable, others ignore it.</param>
/// <param name="TimeToLive">Null or not positive: the value does not expire.</param>
internal sealed record StateUpsert(string Key, ReadOnlyMemory<byte> Value, string? ETag = null, bool FirstWrite = false, TimeSpan? TimeToLive = null, bool IsJson = false)
    : StateOperation(Key, ETag, FirstWrite);

internal sealed record StateDelete(string Key, string? ETag = null, bool FirstWrite = false) : StateOperation(Key, ETag, FirstWrite);

/// <summary>Another version is stored than the writer expected.</summary>
internal sealed class ETagMismatchException(string key) : Exception("possible etag mismatch. error from state store")
{
    public string Key { get; } = key;
}
