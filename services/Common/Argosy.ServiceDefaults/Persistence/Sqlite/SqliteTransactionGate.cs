using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Argosy.ServiceDefaults.Persistence.Sqlite;

/// <summary>Makes every transaction pass the write gate.</summary>
internal sealed class SqliteTransactionGate(SqliteWriteGate gate) : DbConnectionInterceptor, IDbTransactionInterceptor
{
    public InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
    {
        try
        {
            gate.Enter();
            return Begin(connection, eventData.IsolationLevel);
        }
        catch
        {
            eventData.Context!.Database.CloseConnection();
            throw;
        }
    }

    public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        try
        {
            await gate.EnterAsync(cancellationToken);
            return Begin(connection, eventData.IsolationLevel);
        }
        catch
        {
            // EF Core has opened the connection for the transaction and would now forget to close it: later transactions of this context would
            // then end without a sign, and keep the gate shut for ever.
            await eventData.Context!.Database.CloseConnectionAsync();
            throw;
        }
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => gate.Leave(transaction);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        gate.Leave(transaction);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => gate.Leave(transaction);

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        gate.Leave(transaction);
        return Task.CompletedTask;
    }

    // A transaction that is disposed without an end, or whose commit failed, tells no interceptor; its connection does.
    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => gate.Leave(connection);

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        gate.Leave(connection);
        return Task.CompletedTask;
    }

    // Begun here and not by EF Core, because nothing would tell the gate that it failed. SQLite's default is BEGIN IMMEDIATE:
    // a transaction that reads first and writes later cannot fail half-way.
    private InterceptionResult<DbTransaction> Begin(DbConnection connection, IsolationLevel isolation)
    {
        try
        {
            var transaction = connection.BeginTransaction(isolation);
            gate.Hold(transaction, connection);
            return InterceptionResult<DbTransaction>.SuppressWithResult(transaction);
        }
        catch
        {
            gate.Leave();
            throw;
        }
    }
}
