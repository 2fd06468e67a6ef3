using System.Globalization;
using System.Text;
using System.Text.Json;
using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Sqlite;
using Microsoft.Data.Sqlite;

namespace Argosy.Sidecar.State;

/// <summary><c>state.sqlite</c>, with the tables of daprd's component of that name, so that either can take over the other's file.</summary>
internal sealed partial class SqliteStateStore(SqliteStateStoreOptions options, TimeProvider time, ILogger<SqliteStateStore> logger)
    : IStateStore, IInitialisedComponent, IAsyncDisposable
{
    private readonly SqliteStateTable _table = new(options.Table);
    private readonly CancellationTokenSource _closing = new();
    private SqliteDatabase? _database;
    private Task _sweeping = Task.CompletedTask;

    public StateFeatures Features => StateFeatures.ETag | StateFeatures.Transactional | StateFeatures.Ttl | StateFeatures.KeysLike | StateFeatures.DeleteWithPrefix;

    private SqliteDatabase Database => _database ?? throw new InvalidOperationException("The store is not initialised.");

    public async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        _database = SqliteDatabase.Share(options.Path);
        await _database.WriteAsync(session => session.Execute(SqliteStateTable.Schema(options.Table, options.MetadataTable)));
        if (options.CleanupInterval > TimeSpan.Zero)
            _sweeping = SweepAsync();
    }

    public ValueTask<StateItem?> GetAsync(string key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Database.Read(session =>
        {
            using var row = session.Command(_table.Select, ("$key", key), ("$now", Now())).ExecuteReader();
            return row.Read() ? Item(row) : null;
        }));

    public ValueTask<IReadOnlyList<StateItem>> GetManyAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Database.Read<IReadOnlyList<StateItem>>(session =>
        {
            using var row = session.Command(_table.SelectMany, ("$keys", JsonSerializer.Serialize(keys)), ("$now", Now())).ExecuteReader();
            var items = new List<StateItem>(keys.Count);
            while (row.Read())
                items.Add(Item(row));
            return items;
        }));

    public ValueTask<IReadOnlyList<string>> GetKeysAsync(string prefix, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Database.Read<IReadOnlyList<string>>(session =>
        {
            using var row = session.Command(_table.SelectKeys, ("$prefix", prefix), ("$now", Now())).ExecuteReader();
            var keys = new List<string>();
            while (row.Read())
                keys.Add(row.GetString(0));
            return keys;
        }));

    public Task ApplyAsync(StateOperation operation, CancellationToken cancellationToken) =>
        Database.WriteAsync(session => Apply(session, operation));

    public Task TransactAsync(IReadOnlyList<StateOperation> operations, CancellationToken cancellationToken) =>
        Database.WriteAsync(session =>
        {
            foreach (var operation in operations)
                Apply(session, operation);
            return true;
        });

    /// <summary>Removes what has expired.</summary>
    /// <returns>How many rows went.</returns>
    public async Task<int> SweepOnceAsync()
    {
        int removed, total = 0;
        do
        {
            // In bites, so that a large sweep does not hold up the writers between them.
            removed = await Database.WriteAsync(session => session.Execute(_table.Sweep, ("$now", Now())));
            total += removed;
        }
        while (removed > 0);
        return total;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _sweeping;
        _closing.Dispose();
        if (_database is not null)
            await _database.DisposeAsync();
    }

    private bool Apply(SqliteSession session, StateOperation operation)
    {
        var written = operation switch
        {
            StateUpsert upsert => Write(session, upsert),
            StateDelete { ETag: null or "" } delete => session.Execute(_table.Delete, ("$key", delete.Key)) >= 0,
            StateDelete delete => session.Execute(_table.DeleteVersion, ("$key", delete.Key), ("$etag", delete.ETag), ("$now", Now())) > 0,
            _ => throw new NotSupportedException(operation.GetType().Name),
        };
        return written ? true : throw new ETagMismatchException(operation.Key);
    }

    private bool Write(SqliteSession session, StateUpsert upsert)
    {
        var value = upsert.IsJson ? Encoding.UTF8.GetString(upsert.Value.Span) : Convert.ToBase64String(upsert.Value.Span);
        var binary = upsert.IsJson ? 0 : 1;
        var expires = upsert.TimeToLive is { } life && life > TimeSpan.Zero ? Text(RoundUp(time.GetUtcNow() + life)) : null;
        var etag = Guid.NewGuid().ToString();
        return upsert switch
        {
            { ETag: not (null or "") } => session.Execute(_table.Update,
                ("$key", upsert.Key), ("$value", value), ("$binary", binary), ("$new", etag), ("$expires", expires), ("$now", Now()), ("$etag", upsert.ETag)) > 0,
            { FirstWrite: true } => session.Execute(_table.Insert,
                ("$key", upsert.Key), ("$value", value), ("$binary", binary), ("$new", etag), ("$expires", expires), ("$now", Now())) > 0,
            _ => session.Execute(_table.Upsert,
                ("$key", upsert.Key), ("$value", value), ("$binary", binary), ("$new", etag), ("$expires", expires), ("$now", Now())) > 0,
        };
    }

    private async Task SweepAsync()
    {
        using var timer = new PeriodicTimer(options.CleanupInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                try
                {
                    await SweepOnceAsync();
                }
                catch (SqliteException failure)
                {
                    LogSweepFailed(failure, options.Path);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The store is closing.
        }
    }

    private static StateItem Item(SqliteDataReader row)
    {
        var text = row.GetString(1);
        var value = row.GetBoolean(2) ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text);
        DateTimeOffset? expires = row.IsDBNull(4) ? null : DateTimeOffset.Parse(row.GetString(4), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new StateItem(row.GetString(0), value, row.GetString(3), expires);
    }

    private string Now() => Text(time.GetUtcNow());

    // daprd keeps whole seconds. Rounding up means that no value expires early.
    private static DateTimeOffset RoundUp(DateTimeOffset moment) =>
        new((moment.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Warning, "Expired values of {File} could not be removed; the next sweep tries again")]
    private partial void LogSweepFailed(Exception failure, string file);
}
