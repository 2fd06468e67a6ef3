using Argosy.Sidecar.PubSub.Sqlite;
using Argosy.Sidecar.Sqlite;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>A look into the database of pubsub.sqlite.</summary>
internal static class PubSubFile
{
    public static async Task<long> CountAsync(string path, string table)
    {
        await using var database = SqliteDatabase.Share(path);
        return database.Read(session => (long)session.Command($"SELECT COUNT(*) FROM {table}").ExecuteScalar()!);
    }

    /// <summary>When the first pending message may be taken; null when none is pending.</summary>
    public static async Task<DateTimeOffset?> FirstDueAsync(string path)
    {
        await using var database = SqliteDatabase.Share(path);
        return database.Read(session => session.Command("SELECT MIN(due) FROM delivery").ExecuteScalar() is long due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : (DateTimeOffset?)null);
    }

    public static async Task CreateAsync(string path)
    {
        await using var database = SqliteDatabase.Share(path);
        await database.WriteAsync(MessageTables.Create);
    }

    public static async Task DropAsync(string path, string table)
    {
        await using var database = SqliteDatabase.Share(path);
        await database.WriteAsync(session => session.Execute($"DROP TABLE {table}"));
    }

    /// <summary>Takes messages as a process would that then dies.</summary>
    public static async Task TakeAsync(SqlitePubSubOptions options, string topic, DateTimeOffset now)
    {
        await using var database = SqliteDatabase.Share(options.Path);
        await database.WriteAsync(session => MessageTables.Take(session, MessageTables.Register(session, options.ConsumerGroup, topic), topic, 10, now, options.Lease));
    }
}
