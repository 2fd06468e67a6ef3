using Microsoft.Data.Sqlite;

namespace Argosy.Sidecar.Tests.Configuration;

/// <summary>Changes a <c>configuration.sqlite</c> file the way an operator does: with plain SQL, from a connection of its own.</summary>
internal static class ConfigurationFile
{
    public static Task PutAsync(string file, string key, string value) =>
        ExecuteAsync(file, "INSERT INTO configuration (key, value) VALUES ($key, $value) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value);

    public static Task RemoveAsync(string file, string key) => ExecuteAsync(file, "DELETE FROM configuration WHERE key = $key", key, null);

    private static async Task ExecuteAsync(string file, string sql, string key, string? value)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=20");
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$key", key);
        if (value is not null)
            command.Parameters.AddWithValue("$value", value);
        await command.ExecuteNonQueryAsync();
    }
}
