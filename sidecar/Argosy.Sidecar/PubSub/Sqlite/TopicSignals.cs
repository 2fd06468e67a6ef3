using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Argosy.Sidecar.Sqlite;

namespace Argosy.Sidecar.PubSub.Sqlite;

/// <summary>Wakes the subscribers of a topic that live in the publisher's process, so that they need not wait for their next look. One for
/// each open database, whichever apps share it.</summary>
internal sealed class TopicSignals
{
    private static readonly ConditionalWeakTable<SqliteDatabase, TopicSignals> OfDatabase = [];

    private readonly ConcurrentDictionary<string, ImmutableArray<SemaphoreSlim>> _sleepers = new(StringComparer.Ordinal);
    private long _nextSweep;

    public static TopicSignals Of(SqliteDatabase database) => OfDatabase.GetOrCreateValue(database);

    public void Raise(string topic)
    {
        if (!_sleepers.TryGetValue(topic, out var sleepers))
            return;
        foreach (var sleeper in sleepers)
        {
            // Two publishers may both see zero: the subscriber then looks once too often, never once too little.
            if (sleeper.CurrentCount == 0)
                sleeper.Release();
        }
    }

    public void Add(string topic, SemaphoreSlim sleeper) => _sleepers.AddOrUpdate(topic, [sleeper], (_, sleepers) => sleepers.Add(sleeper));

    public void Remove(string topic, SemaphoreSlim sleeper) => _sleepers.AddOrUpdate(topic, [], (_, sleepers) => sleepers.Remove(sleeper));

    /// <summary>True for one caller per interval: the apps that share a database need not all clean it.</summary>
    public bool TryTakeSweep(TimeSpan interval)
    {
        var now = Environment.TickCount64;
        var next = Volatile.Read(ref _nextSweep);
        return now >= next && Interlocked.CompareExchange(ref _nextSweep, now + (long)interval.TotalMilliseconds, next) == next;
    }
}
