using Argosy.ServiceDefaults.Messaging;
using Argosy.ServiceDefaults.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Argosy.ServiceDefaults.Persistence;

/// <summary>EF Core options by provider.</summary>
internal static class ContextOptions
{
    public static DbContextOptions<TContext> Sqlite<TContext>(string connectionString, OutboxSignal signal, SqliteWriteGate gate, ILoggerFactory loggers) where TContext : ArgosyDbContext =>
        Shared<TContext>(loggers).UseSqlite(connectionString).AddInterceptors(new SqlitePragmas(), new SqliteTransactionGate(gate), new SqliteCommandGate(gate), signal).Options;

    public static DbContextOptions<TContext> Postgres<TContext>(string connectionString, OutboxSignal signal, ILoggerFactory loggers) where TContext : ArgosyDbContext =>
        Shared<TContext>(loggers).UseNpgsql(connectionString).AddInterceptors(signal).Options;

    private static DbContextOptionsBuilder<TContext> Shared<TContext>(ILoggerFactory loggers) where TContext : ArgosyDbContext =>
        new DbContextOptionsBuilder<TContext>().UseLoggerFactory(loggers).EnableThreadSafetyChecks(false)
            // The caller gets the exception; EF Core's own error log of it would only repeat it, with values.
            .ConfigureWarnings(warnings => warnings.Log((CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug), (RelationalEventId.TransactionError, LogLevel.Debug)));
}
