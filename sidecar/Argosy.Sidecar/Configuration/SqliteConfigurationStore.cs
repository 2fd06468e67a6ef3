using System.Text.Json;
using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Sqlite;

namespace Argosy.Sidecar.Configuration;

/// <summary><c>configuration.sqlite</c>: values in the table <c>configuration</c> of a file, which any process may change with plain SQL;
/// a trigger counts the version up when the writer leaves it alone. Exists only in the development sidecar.</summary>
internal sealed class SqliteConfigurationStore(string path, TimeProvider time, ILogger<SqliteConfigurationStore> logger) : IConfigurationStore, IInitialisedComponent, IAsyncDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS configuration (
            key TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL,
            version TEXT NOT NULL DEFAULT '1',
            metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata))
        ) WITHOUT ROWID;
        CREATE TRIGGER IF NOT EXISTS configuration_version AFTER UPDATE OF value, metadata ON configuration WHEN new.version = old.version
        BEGIN
            UPDATE configuration SET version = CAST(old.version AS INTEGER) + 1 WHERE key = new.key;
        END;
        """;

    private SqliteDatabase? _database;

    private SqliteDatabase Database => _database ?? throw new InvalidOperationException("The store is not initialised.");

    public async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        _database = SqliteDatabase.Share(path);
        await _database.WriteAsync(session => session.Execute(Schema));
    }

    public ValueTask<IReadOnlyDictionary<string, ConfigurationItem>> GetAsync(
        IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Database.Read<IReadOnlyDictionary<string, ConfigurationItem>>(session => Read(session, keys)));

    public Task<IAsyncDisposable> SubscribeAsync(
        IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata,
        Func<IReadOnlyDictionary<string, ConfigurationItem>, Task> changed, CancellationToken cancellationToken) =>
        Task.FromResult<IAsyncDisposable>(new SqliteConfigurationWatch(Database.OpenSession(), session => Read(session, keys), changed, time, logger));

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    private static Dictionary<string, ConfigurationItem> Read(SqliteSession session, IReadOnlyList<string> keys)
    {
        using var row = session.Command(
            "SELECT key, value, version, metadata FROM configuration WHERE json_array_length($keys) = 0 OR key IN (SELECT value FROM json_each($keys))",
            ("$keys", JsonSerializer.Serialize(keys))).ExecuteReader();
        var items = new Dictionary<string, ConfigurationItem>(StringComparer.Ordinal);
        while (row.Read())
        {
            using var metadata = JsonDocument.Parse(row.GetString(3));
            var pairs = metadata.RootElement.ValueKind == JsonValueKind.Object ? metadata.RootElement.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.ToString()) : [];
            items.Add(row.GetString(0), new ConfigurationItem(row.GetString(1), row.GetString(2), pairs));
        }
        return items;
    }
}
