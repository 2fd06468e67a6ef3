namespace Argosy.Sidecar.State;

/// <summary>The SQL of <see cref="SqliteStateStore"/> for one table.</summary>
internal sealed class SqliteStateTable(string table)
{
    private const string Live = "(expiration_time IS NULL OR expiration_time > $now)";
    private const string Columns = "key, value, is_binary, etag, expiration_time";

    public string Select { get; } = $"SELECT {Columns} FROM {table} WHERE key = $key AND {Live}";

    public string SelectMany { get; } = $"SELECT {Columns} FROM {table} WHERE key IN (SELECT value FROM json_each($keys)) AND {Live}";

    public string SelectKeys { get; } = $"SELECT key FROM {table} WHERE key >= $prefix AND key < $prefix || char(0x10FFFF) AND {Live} ORDER BY key";

    public string Upsert { get; } = $"{InsertInto(table)}";

    /// <summary>Writes only where no live value is.</summary>
    public string Insert { get; } = $"{InsertInto(table)} WHERE expiration_time <= $now";

    /// <summary>Writes only over the expected version.</summary>
    public string Update { get; } = $"""
        UPDATE {table} SET value = $value, is_binary = $binary, etag = $new, expiration_time = $expires, update_time = $now
        WHERE key = $key AND etag = $etag AND {Live}
        """;

    public string Delete { get; } = $"DELETE FROM {table} WHERE key = $key";

    public string DeleteVersion { get; } = $"DELETE FROM {table} WHERE key = $key AND etag = $etag AND {Live}";

    public string Sweep { get; } = $"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE expiration_time <= $now LIMIT 500)";

    /// <summary>daprd's tables, at the migration level it expects; the index on expiry is ours and in nobody's way.</summary>
    public static string Schema(string table, string metadataTable) => $"""
        CREATE TABLE IF NOT EXISTS {metadataTable} (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS {table} (
            key TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL,
            is_binary BOOLEAN NOT NULL,
            etag TEXT NOT NULL,
            expiration_time TIMESTAMP DEFAULT NULL,
            update_time TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
        );
        CREATE INDEX IF NOT EXISTS {table}_expiration ON {table} (expiration_time) WHERE expiration_time IS NOT NULL;
        INSERT INTO {metadataTable} (key, value) VALUES ('migrations', '1') ON CONFLICT (key) DO NOTHING;
        """;

    private static string InsertInto(string table) => $"""
        INSERT INTO {table} (key, value, is_binary, etag, expiration_time, update_time) VALUES ($key, $value, $binary, $new, $expires, $now)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, is_binary = excluded.is_binary, etag = excluded.etag,
            expiration_time = excluded.expiration_time, update_time = excluded.update_time
        """;
}
