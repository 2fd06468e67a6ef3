using Argosy.Sidecar.State;

namespace Argosy.Sidecar.Tests.Workflows;

/// <summary>A store in memory that remembers what was asked of it, and fails when told to.</summary>
internal sealed class CountingStore : IStateStore, IDisposable
{
    private readonly InMemoryStateStore _inner = new(TimeProvider.System);
    private int _failures;

    public List<IReadOnlyList<StateOperation>> Transactions { get; } = [];

    public List<string> Read { get; } = [];

    public StateFeatures Features => _inner.Features;

    public void FailNext(int transactions) => Volatile.Write(ref _failures, transactions);

    public ValueTask<StateItem?> GetAsync(string key, CancellationToken cancellationToken)
    {
        lock (Read)
            Read.Add(key);
        return _inner.GetAsync(key, cancellationToken);
    }

    public ValueTask<IReadOnlyList<StateItem>> GetManyAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        lock (Read)
            Read.AddRange(keys);
        return _inner.GetManyAsync(keys, cancellationToken);
    }

    public ValueTask<IReadOnlyList<string>> GetKeysAsync(string prefix, CancellationToken cancellationToken) => _inner.GetKeysAsync(prefix, cancellationToken);

    public Task ApplyAsync(StateOperation operation, CancellationToken cancellationToken) => TransactAsync([operation], cancellationToken);

    public async Task TransactAsync(IReadOnlyList<StateOperation> operations, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Interlocked.Decrement(ref _failures) >= 0)
            throw new IOException("disk full");
        lock (Transactions)
            Transactions.Add(operations);
        await _inner.TransactAsync(operations, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> KeysAsync(string containing) =>
        [.. (await _inner.GetKeysAsync("", CancellationToken.None)).Where(key => key.Contains(containing, StringComparison.Ordinal))];

    public void Dispose() => _inner.Dispose();
}
