using Argosy.Sidecar.Sqlite;

namespace Argosy.Sidecar.PubSub.Sqlite;

/// <summary>Removes the messages nobody needs any more, in bites so that publishers are not held up.</summary>
internal sealed class MessageSweep(SqliteDatabase database, SqlitePubSubOptions options, TimeProvider clock)
{
    private const int Bite = 500;

    /// <returns>How many messages went.</returns>
    public async Task<int> RunAsync()
    {
        var now = clock.GetUtcNow();
        var removed = await InBitesAsync(
            """
            DELETE FROM message WHERE id IN (
                SELECT id FROM message WHERE expires <= $now AND NOT EXISTS (
                    SELECT 1 FROM consumer JOIN delivery ON delivery.consumer = consumer.id AND delivery.message = message.id
                    WHERE consumer.topic = message.topic)
                LIMIT $limit)
            """,
            ("$now", now.ToUnixTimeMilliseconds()));
        foreach (var (topic, position) in database.Read(Topics))
        {
            var before = position is null ? now - options.UnsubscribedRetention : now - options.Retention;
            if (FirstKept(topic, before) is var firstKept && firstKept == 0)
                continue;
            removed += await InBitesAsync(
                """
                DELETE FROM message WHERE id IN (
                    SELECT id FROM message WHERE topic = $topic AND id < $before AND NOT EXISTS (
                        SELECT 1 FROM consumer JOIN delivery ON delivery.consumer = consumer.id AND delivery.message = message.id
                        WHERE consumer.topic = $topic)
                    ORDER BY id LIMIT $limit)
                """,
                ("$topic", topic), ("$before", position is { } read ? Math.Min(firstKept, read + 1) : firstKept));
        }
        return removed;
    }

    /// <summary>Every topic that has messages, with the position that all its consumers have reached; null where there is no consumer.</summary>
    private static List<(string Topic, long? Position)> Topics(SqliteSession session)
    {
        using var row = session.Command(
            """
            WITH RECURSIVE topics (topic) AS (
                SELECT MIN(topic) FROM message
                UNION ALL
                SELECT (SELECT MIN(topic) FROM message WHERE topic > topics.topic) FROM topics WHERE topics.topic IS NOT NULL)
            SELECT topics.topic, (SELECT MIN(position) FROM consumer WHERE consumer.topic = topics.topic) FROM topics WHERE topics.topic IS NOT NULL
            """).ExecuteReader();
        var topics = new List<(string, long?)>();
        while (row.Read())
            topics.Add((row.GetString(0), row.IsDBNull(1) ? null : row.GetInt64(1)));
        return topics;
    }

    /// <summary>Id of the topic's first message that is younger than <paramref name="before"/>; 0 when that is its very first.</summary>
    private long FirstKept(string topic, DateTimeOffset before) =>
        database.Read(session =>
        {
            using var row = session.Command(
                """
                SELECT (SELECT id FROM message WHERE topic = $topic AND published >= $before ORDER BY id LIMIT 1),
                    (SELECT MIN(id) FROM message WHERE topic = $topic)
                """,
                ("$topic", topic), ("$before", before.ToUnixTimeMilliseconds())).ExecuteReader();
            row.Read();
            if (row.IsDBNull(0))
                return long.MaxValue;
            return row.GetInt64(0) == row.GetInt64(1) ? 0 : row.GetInt64(0);
        });

    private async Task<int> InBitesAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        int removed, total = 0;
        do
        {
            removed = await database.WriteAsync(session => session.Execute(sql, [.. parameters, ("$limit", Bite)]));
            total += removed;
        }
        while (removed == Bite);
        return total;
    }
}
