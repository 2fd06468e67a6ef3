using Argosy.ServiceDefaults.Messaging;
using Argosy.ServiceDefaults.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging;

namespace Argosy.ServiceDefaults.Persistence;

/// <summary>The service's database: pooled contexts for whichever provider the connection string names. It is known only once the secret
/// store has been asked, so contexts exist from then on.</summary>
internal sealed class ServiceDatabase<TContext, TSqlite, TPostgres>(OutboxSignal signal, ILoggerFactory loggers) : IServiceDatabase<TContext>, IDisposable
    where TContext : ArgosyDbContext
    where TSqlite : TContext
    where TPostgres : TContext
{
    private const int PoolSize = 64;
    private readonly SqliteWriteGate _gate = new();
    private Func<TContext>? _create;

    public DatabaseAddress? Address { get; private set; }

    public void Connect(DatabaseAddress address)
    {
        Address = address;
        _create = address.Provider == DatabaseProvider.Sqlite ? Sqlite(address.ConnectionString) : Postgres(address.ConnectionString);
    }

    public TContext CreateContext() => _create is { } create
        ? create()
        : throw new InvalidOperationException($"{typeof(TContext).Name} is used before its connection string is known: use it after the host's start.");

    public void Dispose() => _gate.Dispose();

    private Func<TContext> Sqlite(string connectionString)
    {
        var pool = new PooledDbContextFactory<TSqlite>(ContextOptions.Sqlite<TSqlite>(connectionString, signal, _gate, loggers), PoolSize);
        return () =>
        {
            var context = pool.CreateDbContext();
            // A single statement would otherwise go without a transaction, and so past the write gate.
            context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
            return context;
        };
    }

    private Func<TContext> Postgres(string connectionString) =>
        new PooledDbContextFactory<TPostgres>(ContextOptions.Postgres<TPostgres>(connectionString, signal, loggers), PoolSize).CreateDbContext;
}
