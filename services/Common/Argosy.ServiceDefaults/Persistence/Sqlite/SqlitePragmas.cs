using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Argosy.ServiceDefaults.Persistence.Sqlite;

/// <summary>Sets up each new SQLite handle. Handles are pooled below EF Core's connections, so most opens find theirs set up already.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // NORMAL: with a write-ahead log a commit survives the death of every process; only a power cut may lose the last ones.
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=10000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000;";
    private static readonly object Done = new();
    private readonly ConditionalWeakTable<object, object> _handles = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SetUp(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SetUp(connection);
        return Task.CompletedTask;
    }

    private void SetUp(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        // EF Core looks with a read-only handle whether the file is there.
        if (SQLitePCL.raw.sqlite3_db_readonly(handle, "main") == 1 || !_handles.TryAdd(handle, Done))
            return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
