using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Argosy.ServiceDefaults.Persistence.Sqlite;

/// <summary>Lets one write transaction of this process at a time into a SQLite database. SQLite has a single writer and makes the others
/// poll; here they queue without blocking threads. Other processes are met with the busy time-out.</summary>
internal sealed class SqliteWriteGate : DbConnectionInterceptor, IDbTransactionInterceptor, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConditionalWeakTable<object, Pass> _passes = [];

    public InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        _gate.Wait();
        return Begin(connection, eventData.IsolationLevel);
    }

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        return Begin(connection, eventData.IsolationLevel);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Leave(transaction);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(transaction);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Leave(transaction);

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(transaction);
        return Task.CompletedTask;
    }

    // A transaction that is disposed without an end, or whose commit failed, tells no interceptor; its connection does.
    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Leave(connection);

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Leave(connection);
        return Task.CompletedTask;
    }

    public void Dispose() => _gate.Dispose();

    // Begun here and not by EF Core, because nothing would tell the gate that it failed. SQLite's default is BEGIN IMMEDIATE:
    // a transaction that reads first and writes later cannot fail half-way.
    private InterceptionResult<DbTransaction> Begin(DbConnection connection, IsolationLevel isolation)
    {
        try
        {
            var transaction = connection.BeginTransaction(isolation);
            var pass = new Pass(_gate);
            _passes.AddOrUpdate(transaction, pass);
            _passes.AddOrUpdate(connection, pass);
            return InterceptionResult<DbTransaction>.SuppressWithResult(transaction);
        }
        catch
        {
            _gate.Release();
            throw;
        }
    }

    private void Leave(object key)
    {
        if (_passes.TryGetValue(key, out var pass))
            pass.Return();
    }

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
