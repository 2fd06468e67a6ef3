using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.State;

/// <summary><c>state.in-memory</c>: gone with the process.</summary>
internal sealed class InMemoryStateStore : IStateStore, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, StateItem> _items = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly ITimer _sweeper;

    public InMemoryStateStore(TimeProvider time)
    {
        _time = time;
        _sweeper = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    public static IReadOnlyList<MetadataField> Fields => [];

    public StateFeatures Features => StateFeatures.ETag | StateFeatures.Transactional | StateFeatures.Ttl | StateFeatures.KeysLike | StateFeatures.DeleteWithPrefix;

    public ValueTask<StateItem?> GetAsync(string key, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult(Find(key));
    }

    public ValueTask<IReadOnlyList<StateItem>> GetManyAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        lock (_lock)
            return ValueTask.FromResult<IReadOnlyList<StateItem>>([.. keys.Distinct().Select(Find).OfType<StateItem>()]);
    }

    public ValueTask<IReadOnlyList<string>> GetKeysAsync(string prefix, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult<IReadOnlyList<string>>(
                [.. _items.Values.Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal) && IsLive(item)).Select(item => item.Key).Order(StringComparer.Ordinal)]);
        }
    }

    public Task ApplyAsync(StateOperation operation, CancellationToken cancellationToken) => TransactAsync([operation], cancellationToken);

    public Task TransactAsync(IReadOnlyList<StateOperation> operations, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // What each key was before the transaction, to put back if one operation is refused.
            var before = new Dictionary<string, StateItem?>(StringComparer.Ordinal);
            foreach (var operation in operations)
            {
                before.TryAdd(operation.Key, _items.GetValueOrDefault(operation.Key));
                if (IsExpected(operation))
                {
                    Apply(operation);
                    continue;
                }
                foreach (var (key, item) in before)
                    Put(key, item);
                return Task.FromException(new ETagMismatchException(operation.Key));
            }
        }
        return Task.CompletedTask;
    }

    public void Dispose() => _sweeper.Dispose();

    private bool IsExpected(StateOperation operation)
    {
        var current = Find(operation.Key);
        return operation switch
        {
            { ETag: not (null or "") } => current?.ETag == operation.ETag,
            StateUpsert { FirstWrite: true } => current is null,
            _ => true,
        };
    }

    private void Apply(StateOperation operation)
    {
        DateTimeOffset? expires = operation is StateUpsert { TimeToLive: { } life } && life > TimeSpan.Zero ? _time.GetUtcNow() + life : null;
        Put(operation.Key, operation is StateUpsert upsert
            // A copy: the caller may reuse its buffer.
            ? new StateItem(upsert.Key, upsert.Value.ToArray(), Guid.NewGuid().ToString(), expires)
            : null);
    }

    private void Put(string key, StateItem? item)
    {
        if (item is null)
            _items.Remove(key);
        else
            _items[key] = item;
    }

    private StateItem? Find(string key) => _items.TryGetValue(key, out var item) && IsLive(item) ? item : null;

    private bool IsLive(StateItem item) => item.ExpiresAt is not { } expires || expires > _time.GetUtcNow();

    private void Sweep()
    {
        lock (_lock)
        {
            foreach (var expired in _items.Values.Where(item => !IsLive(item)).ToList())
                _items.Remove(expired.Key);
        }
    }
}
