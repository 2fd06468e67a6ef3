using Microsoft.Data.Sqlite;

namespace Argosy.EndToEnd;

/// <summary>A service's database as it lies on disk, to check what the services claim.</summary>
public sealed class StoreDatabase(Store store, string file)
{
    public List<T> Read<T>(string sql, Func<SqliteDataReader, T> map)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(store.Data, file)};Mode=ReadOnly;Pooling=False;Default Timeout=20");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }
}
