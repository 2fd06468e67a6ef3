using System.Runtime.CompilerServices;

namespace Argosy.ServiceDefaults.Persistence.Sqlite;

/// <summary>Lets one writer of this process at a time into a SQLite database. SQLite has a single writer and makes the others poll; here
/// they queue without blocking threads. Writers of other processes are met with SQLite's busy time-out.</summary>
internal sealed class SqliteWriteGate : IDisposable
{
    // Longer than any honest transaction: only a writer that waits for itself meets it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConditionalWeakTable<object, Pass> _passes = [];

    public void Enter()
    {
        if (!_gate.Wait(Patience))
            throw Stuck();
    }

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (!await _gate.WaitAsync(Patience, cancellationToken))
            throw Stuck();
    }

    /// <summary>Ties the entry just made to objects; the first of them to leave ends it.</summary>
    public void Hold(params ReadOnlySpan<object> keys)
    {
        var pass = new Pass(_gate);
        foreach (var key in keys)
            _passes.AddOrUpdate(key, pass);
    }

    /// <summary>Ends the entry that is tied to the object, if there is one and it has not ended.</summary>
    public void Leave(object key)
    {
        if (_passes.TryGetValue(key, out var pass))
            pass.Return();
    }

    /// <summary>Ends an entry that nothing was tied to.</summary>
    public void Leave() => _gate.Release();

    public void Dispose() => _gate.Dispose();

    private static TimeoutException Stuck() =>
        new($"No turn to write to the SQLite database within {Patience.TotalSeconds} s. Does a write transaction wait for something that writes through another context?");

    private sealed class Pass(SemaphoreSlim gate)
    {
        private int _returned;

        public void Return()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0)
                gate.Release();
        }
    }
}
