using System.Runtime.InteropServices;
using System.Text.Json;
using Argosy.Sidecar.Sqlite;
using Microsoft.Data.Sqlite;

namespace Argosy.Sidecar.PubSub.Sqlite;

/// <summary>A message that a consumer has taken.</summary>
/// <param name="Failures">Deliveries of it that have failed so far.</param>
internal sealed record ClaimedMessage(long Id, ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Metadata, int Failures);

/// <param name="NextDue">When the first of the waiting messages can be taken; null when none waits.</param>
internal sealed record Claim(IReadOnlyList<ClaimedMessage> Messages, DateTimeOffset? NextDue);

/// <summary>The SQL of <c>pubsub.sqlite</c>. A topic is the ordered rows of <c>message</c>. A consumer (a group's subscription to a topic) has
/// a position, up to which it has taken everything, and a row in <c>delivery</c> for each message taken and not done with. Its
/// <c>due</c> is when the message may be taken again: the end of the lease, or of the wait after a failure.</summary>
/// <remarks>Ids rise in the order of commits, since SQLite has one writer at a time: nothing can appear behind a position.</remarks>
internal static class MessageTables
{
    /// <summary>A consumer with so many failed messages waiting takes no new ones, so that a broken subscriber does not drag the
    /// whole topic into retries and out of order.</summary>
    private const int MostWaiting = 1000;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            topic TEXT NOT NULL,
            data BLOB NOT NULL,
            metadata TEXT,
            published INTEGER NOT NULL,
            expires INTEGER
        ) STRICT;
        CREATE INDEX IF NOT EXISTS message_by_topic ON message (topic, id);
        CREATE INDEX IF NOT EXISTS message_by_expiry ON message (expires) WHERE expires IS NOT NULL;
        CREATE TABLE IF NOT EXISTS consumer (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            topic TEXT NOT NULL,
            position INTEGER NOT NULL,
            UNIQUE (topic, name)
        ) STRICT;
        CREATE TABLE IF NOT EXISTS delivery (
            consumer INTEGER NOT NULL,
            message INTEGER NOT NULL,
            failures INTEGER NOT NULL,
            due INTEGER NOT NULL,
            PRIMARY KEY (consumer, message)
        ) STRICT, WITHOUT ROWID;
        """;

    public static int Create(SqliteSession session) => session.Execute(Schema);

    public static void Append(SqliteSession session, string topic, OutgoingMessage message, DateTimeOffset now) =>
        session.Execute(
            "INSERT INTO message (topic, data, metadata, published, expires) VALUES ($topic, $data, $metadata, $now, $expires)",
            ("$topic", topic),
            ("$data", Bytes(message.Data)),
            ("$metadata", message.Metadata.Count == 0 ? null : JsonSerializer.Serialize(message.Metadata, MessageMetadataJson.Default.IReadOnlyDictionaryStringString)),
            ("$now", now.ToUnixTimeMilliseconds()),
            ("$expires", message.TimeToLive is { } ttl && ttl < DateTimeOffset.MaxValue - now ? (now + ttl).ToUnixTimeMilliseconds() : null));

    /// <summary>The consumer's id; a new one starts at the oldest message there is.</summary>
    public static long Register(SqliteSession session, string group, string topic)
    {
        session.Execute("INSERT INTO consumer (name, topic, position) VALUES ($name, $topic, 0) ON CONFLICT DO NOTHING", ("$name", group), ("$topic", topic));
        return (long)session.Command("SELECT id FROM consumer WHERE name = $name AND topic = $topic", ("$name", group), ("$topic", topic)).ExecuteScalar()!;
    }

    /// <summary>Cheap look before a <see cref="Take"/>, which needs the write lock.</summary>
    public static bool HasWork(SqliteSession session, long consumer, string topic, DateTimeOffset now) =>
        (long)session.Command(
            """
            SELECT EXISTS (SELECT 1 FROM message WHERE topic = $topic AND id > (SELECT position FROM consumer WHERE id = $consumer))
                OR EXISTS (SELECT 1 FROM delivery WHERE consumer = $consumer AND due <= $now)
            """,
            ("$topic", topic), ("$consumer", consumer), ("$now", now.ToUnixTimeMilliseconds())).ExecuteScalar()! != 0;

    /// <summary>Takes up to <paramref name="limit"/> messages, oldest first: those whose wait or lease is over, then new ones.</summary>
    public static Claim Take(SqliteSession session, long consumer, string topic, int limit, DateTimeOffset now, TimeSpan lease)
    {
        (string, object?) who = ("$consumer", consumer), at = ("$now", now.ToUnixTimeMilliseconds());
        (string, object?) until = ("$until", (now + lease).ToUnixTimeMilliseconds());
        session.Execute(
            """
            DELETE FROM delivery WHERE consumer = $consumer AND due <= $now
                AND NOT EXISTS (SELECT 1 FROM message WHERE id = delivery.message AND (expires IS NULL OR expires > $now))
            """,
            who, at);
        var messages = Select(session,
            """
            SELECT message.id, data, metadata, failures FROM delivery JOIN message ON message.id = delivery.message
            WHERE consumer = $consumer AND due <= $now ORDER BY delivery.message LIMIT $limit
            """,
            who, at, ("$limit", limit));
        foreach (var message in messages)
            session.Execute("UPDATE delivery SET due = $until WHERE consumer = $consumer AND message = $message", until, who, ("$message", message.Id));

        var waiting = (long)session.Command("SELECT COUNT(*) FROM delivery WHERE consumer = $consumer AND failures > 0", who).ExecuteScalar()!;
        if (messages.Count < limit && waiting < MostWaiting)
            messages.AddRange(TakeNew(session, consumer, topic, limit - messages.Count, now, lease));
        var next = session.Command("SELECT MIN(due) FROM delivery WHERE consumer = $consumer", who).ExecuteScalar();
        return new Claim(messages, next is long due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null);
    }

    /// <summary>Done with.</summary>
    public static int Remove(SqliteSession session, long consumer, long message) =>
        session.Execute("DELETE FROM delivery WHERE consumer = $consumer AND message = $message", ("$consumer", consumer), ("$message", message));

    /// <summary>Sets when the message can be taken again.</summary>
    public static int Postpone(SqliteSession session, long consumer, long message, int failures, DateTimeOffset due) =>
        session.Execute("UPDATE delivery SET failures = $failures, due = $due WHERE consumer = $consumer AND message = $message",
            ("$failures", failures), ("$due", due.ToUnixTimeMilliseconds()), ("$consumer", consumer), ("$message", message));

    /// <summary>Keeps the message from others for longer.</summary>
    public static int Renew(SqliteSession session, long consumer, long message, DateTimeOffset until) =>
        session.Execute("UPDATE delivery SET due = $due WHERE consumer = $consumer AND message = $message",
            ("$due", until.ToUnixTimeMilliseconds()), ("$consumer", consumer), ("$message", message));

    private static List<ClaimedMessage> TakeNew(SqliteSession session, long consumer, string topic, int limit, DateTimeOffset now, TimeSpan lease)
    {
        (string, object?) who = ("$consumer", consumer), which = ("$topic", topic), at = ("$now", now.ToUnixTimeMilliseconds());
        var messages = Select(session,
            """
            SELECT id, data, metadata, 0 FROM message
            WHERE topic = $topic AND id > (SELECT position FROM consumer WHERE id = $consumer) AND (expires IS NULL OR expires > $now)
            ORDER BY id LIMIT $limit
            """,
            which, who, at, ("$limit", limit));
        if (messages.Count == 0)
            return messages;
        foreach (var message in messages)
        {
            session.Execute("INSERT INTO delivery (consumer, message, failures, due) VALUES ($consumer, $message, 0, $until)",
                who, ("$message", message.Id), ("$until", (now + lease).ToUnixTimeMilliseconds()));
        }
        session.Execute("UPDATE consumer SET position = $position WHERE id = $consumer", ("$position", messages[^1].Id), who);
        return messages;
    }

    private static List<ClaimedMessage> Select(SqliteSession session, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var row = session.Command(sql, parameters).ExecuteReader();
        var messages = new List<ClaimedMessage>();
        while (row.Read())
            messages.Add(new ClaimedMessage(row.GetInt64(0), row.GetFieldValue<byte[]>(1), Metadata(row), row.GetInt32(3)));
        return messages;
    }

    private static IReadOnlyDictionary<string, string> Metadata(SqliteDataReader row) =>
        row.IsDBNull(2) ? MessageMetadata.None : JsonSerializer.Deserialize(row.GetString(2), MessageMetadataJson.Default.IReadOnlyDictionaryStringString)!;

    private static byte[] Bytes(ReadOnlyMemory<byte> data) =>
        MemoryMarshal.TryGetArray(data, out var segment) && segment.Array!.Length == data.Length ? segment.Array : data.ToArray();
}
