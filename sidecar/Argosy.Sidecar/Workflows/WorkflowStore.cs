using Argosy.Sidecar.State;
using Argosy.Sidecar.Workflows.Storage;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>Reads and writes instances. A turn is one transaction that only adds.</summary>
internal sealed class WorkflowStore(IStateStore store, WorkflowKeys keys)
{
    private const int ReadSize = 500;

    // Time-based, so that events written after a restart sort behind those written before it.
    private long _sequence = DateTime.UtcNow.Ticks;

    public async Task<StoredInstance> LoadAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(keys.Record(instanceId), cancellationToken) is not { } item)
            return new StoredInstance(null, [], null);
        var record = InstanceRecord.Parser.ParseFrom(item.Value.Span);
        return new StoredInstance(record, await LoadHistoryAsync(instanceId, record, cancellationToken), await LoadCustomStatusAsync(instanceId, record, cancellationToken));
    }

    /// <summary>The records of those instances that have one, in any order.</summary>
    public async Task<IReadOnlyList<(string InstanceId, InstanceRecord Record)>> LoadRecordsAsync(IEnumerable<string> instanceIds, CancellationToken cancellationToken)
    {
        var records = new List<(string, InstanceRecord)>();
        foreach (var chunk in instanceIds.Chunk(ReadSize))
        {
            var byKey = chunk.ToDictionary(keys.Record);
            foreach (var item in await store.GetManyAsync([.. byKey.Keys], cancellationToken))
                records.Add((byKey[item.Key], InstanceRecord.Parser.ParseFrom(item.Value.Span)));
        }
        return records;
    }

    /// <summary>Everything that waits in an inbox, in the order it came.</summary>
    public async Task<IReadOnlyList<StoredEvent>> LoadInboxesAsync(CancellationToken cancellationToken)
    {
        var events = new List<StoredEvent>();
        foreach (var chunk in (await store.GetKeysAsync(keys.InboxPrefix, cancellationToken)).Chunk(ReadSize))
        {
            foreach (var item in (await store.GetManyAsync(chunk, cancellationToken)).OrderBy(item => item.Key, StringComparer.Ordinal))
                events.Add(new StoredEvent(keys.InstanceOfInbox(item.Key), item.Key, InboxRecord.Parser.ParseFrom(item.Value.Span)));
        }
        return events;
    }

    public async Task<IReadOnlyList<string>> ListActiveAsync(CancellationToken cancellationToken) =>
        [.. (await store.GetKeysAsync(keys.ActivePrefix, cancellationToken)).Select(key => key[keys.ActivePrefix.Length..])];

    public async Task<IReadOnlyList<string>> ListEndedAsync(CancellationToken cancellationToken) =>
        [.. (await store.GetKeysAsync(keys.EndedPrefix, cancellationToken)).Select(key => key[keys.EndedPrefix.Length..])];

    public Task SaveAsync(IReadOnlyList<StateOperation> operations) => store.TransactAsync(operations, CancellationToken.None);

    public StateOperation Put(string instanceId, InstanceRecord record) => new StateUpsert(keys.Record(instanceId), record.ToByteArray());

    public StateOperation PutHistory(string instanceId, int index, IEnumerable<HistoryEvent> events) =>
        new StateUpsert(keys.History(instanceId, index), new HistoryTurn { Events = { events } }.ToByteArray());

    public StateOperation PutCustomStatus(string instanceId, string status) => new StateUpsert(keys.CustomStatus(instanceId), System.Text.Encoding.UTF8.GetBytes(status));

    /// <summary>Puts an event into an inbox; the key takes it out again.</summary>
    public (StateOperation Operation, string Key) PutInbox(string instanceId, HistoryEvent entry, string executionId)
    {
        var key = keys.Inbox(instanceId, Interlocked.Increment(ref _sequence));
        return (new StateUpsert(key, new InboxRecord { Event = entry, ExecutionId = executionId }.ToByteArray()), key);
    }

    public StateOperation PutActive(string instanceId) => new StateUpsert(keys.Active(instanceId), Array.Empty<byte>());

    public IEnumerable<StateOperation> MarkEnded(string instanceId) =>
        [new StateDelete(keys.Active(instanceId)), new StateUpsert(keys.Ended(instanceId), Array.Empty<byte>())];

    /// <summary>Removes the rows of an execution that is over: its history from <paramref name="from"/> on.</summary>
    public IEnumerable<StateOperation> DropHistory(string instanceId, InstanceRecord record, int from = 0) =>
        Enumerable.Range(from, Math.Max(0, record.HistoryLength - from)).Select(index => new StateDelete(keys.History(instanceId, index)));

    /// <summary>Removes everything of an instance.</summary>
    public IEnumerable<StateOperation> Drop(string instanceId, InstanceRecord record) =>
    [
        .. DropHistory(instanceId, record),
        new StateDelete(keys.CustomStatus(instanceId)),
        new StateDelete(keys.Record(instanceId)),
        new StateDelete(keys.Active(instanceId)),
        new StateDelete(keys.Ended(instanceId)),
    ];

    public StateOperation DropEnded(string instanceId) => new StateDelete(keys.Ended(instanceId));

    private async Task<List<HistoryEvent>> LoadHistoryAsync(string instanceId, InstanceRecord record, CancellationToken cancellationToken)
    {
        var history = new List<HistoryEvent>();
        foreach (var chunk in Enumerable.Range(0, record.HistoryLength).Select(index => keys.History(instanceId, index)).Chunk(ReadSize))
        {
            foreach (var item in (await store.GetManyAsync(chunk, cancellationToken)).OrderBy(item => item.Key, StringComparer.Ordinal))
                history.AddRange(HistoryTurn.Parser.ParseFrom(item.Value.Span).Events);
        }
        return history;
    }

    private async Task<string?> LoadCustomStatusAsync(string instanceId, InstanceRecord record, CancellationToken cancellationToken) =>
        record.HasCustomStatus && await store.GetAsync(keys.CustomStatus(instanceId), cancellationToken) is { } item
            ? System.Text.Encoding.UTF8.GetString(item.Value.Span)
            : null;
}

/// <param name="Record">Null when there is no such instance.</param>
internal sealed record StoredInstance(InstanceRecord? Record, List<HistoryEvent> History, string? CustomStatus);

/// <param name="Key">Where it lies.</param>
internal sealed record StoredEvent(string InstanceId, string Key, InboxRecord Record);
