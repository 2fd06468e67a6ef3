using Argosy.Sidecar.State;
using Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>The part that takes events in, stores those that must wait, and drops those that are of no use.</summary>
internal sealed partial class InstanceActor
{
    private void Receive(InboxEntry entry)
    {
        _lastUsed = _host.Time.GetUtcNow();
        if (entry.Event.ExecutionStarted is not null && !IsNextExecution(entry.Event))
        {
            if (_record is not null && !_record.HasEnded())
            {
                Refuse(entry);
                return;
            }
            BeginExecution(entry.Event);
        }
        if (_record is null || _record.HasEnded() || (entry.ExecutionId.Length > 0 && entry.ExecutionId != _record.ExecutionId))
        {
            Discard([entry]);
            return;
        }
        _inbox.Add(entry);
        // A terminated instance does not wait for a worker that may be stuck in it.
        if (entry.Event.ExecutionTerminated is not null && _turn is { } turn && !_isSaving)
        {
            _host.Dispatcher(null)!.Cancel(turn);
            _inbox.InsertRange(0, turn.Entries);
            _turn = null;
        }
    }

    /// <summary>True for the start of an execution that continues the one before: its record is stored already.</summary>
    private bool IsNextExecution(HistoryEvent start) =>
        _record is { HistoryLength: 0 } && _record.ExecutionId == start.ExecutionStarted.WorkflowInstance?.ExecutionId;

    private bool IsSameStart(HistoryEvent start) =>
        PendingStart()?.ExecutionStarted is { } pending && pending.Name == start.ExecutionStarted.Name && pending.Input == start.ExecutionStarted.Input;

    private HistoryEvent? PendingStart() =>
        (_inbox.Find(entry => entry.Event.ExecutionStarted is not null) ?? _turn?.Entries.FirstOrDefault(entry => entry.Event.ExecutionStarted is not null))?.Event;

    private void BeginExecution(HistoryEvent start)
    {
        if (_isStored)
            _replaced ??= _record;
        _record = InstanceRecords.Start(start, (_record?.Generation ?? 0) + 1);
        _history.Clear();
        _customStatus = null;
        _isStored = false;
        _startIsScheduled = false;
        _continuations = 0;
    }

    private async Task StoreAsync(InboxEntry entry)
    {
        await _saves.WaitAsync();
        try
        {
            List<StateOperation> operations;
            string key;
            lock (_gate)
            {
                if (_isRetired || entry.Key is not null || entry.Safe.IsCompleted)
                    return;
                (var put, key) = _host.Store.PutInbox(Id, entry.Event, entry.ExecutionId);
                operations = [put];
                if (!_isStored)
                    operations.AddRange([.. _replaced is { } replaced ? _host.Store.Drop(Id, replaced) : [], _host.Store.Put(Id, _record!), _host.Store.PutActive(Id)]);
            }
            await _host.Store.SaveAsync(operations);
            lock (_gate)
            {
                entry.Key = key;
                _isStored = true;
                _replaced = null;
            }
            entry.MarkSafe();
        }
        finally
        {
            _saves.Release();
        }
    }

    /// <summary>An id that is taken: the parent learns that its child cannot start.</summary>
    private void Refuse(InboxEntry start)
    {
        var parent = start.Event.ExecutionStarted.ParentInstance;
        var isRepetition = parent is not null && parent.TaskScheduledId == _record?.Parent?.TaskScheduledId
            && parent.WorkflowInstance.ExecutionId == _record.Parent.WorkflowInstance.ExecutionId;
        if (parent is null || isRepetition)
        {
            Discard([start]);
            return;
        }
        var end = new CompleteWorkflowAction
        {
            WorkflowStatus = OrchestrationStatus.Failed,
            FailureDetails = new TaskFailureDetails { ErrorType = "AlreadyExists", ErrorMessage = WorkflowErrors.ActiveExists(Id) },
        };
        var answer = HistoryEvents.ChildAnswered(_host.Time.GetUtcNow(), parent.TaskScheduledId, end);
        var (put, key) = _host.Store.PutInbox(parent.WorkflowInstance.InstanceId, answer, parent.WorkflowInstance.ExecutionId ?? "");
        SaveInBackground([put, .. Keys([start])],
            () => _host.Deliver(parent.WorkflowInstance.InstanceId, new InboxEntry(answer, key, parent.WorkflowInstance.ExecutionId ?? "")));
    }

    private void Discard(IReadOnlyCollection<InboxEntry> entries)
    {
        foreach (var entry in entries)
            entry.MarkSafe();
        StateOperation[] operations = [.. Keys(entries)];
        if (operations.Length > 0)
            SaveInBackground(operations, () => { });
    }

    private void SaveInBackground(IReadOnlyList<StateOperation> operations, Action then) => _ = SaveAsync(operations, then);

    private async Task SaveAsync(IReadOnlyList<StateOperation> operations, Action then)
    {
        try
        {
            await _host.Store.SaveAsync(operations);
            then();
        }
#pragma warning disable CA1031 // Nothing is lost: what stays in the store is found, and dealt with again, at the next start.
        catch (Exception failure)
        {
            LogStoreFailed(_host.Log, failure, Id);
        }
    }

    private static IEnumerable<StateOperation> Keys(IEnumerable<InboxEntry> entries) =>
        entries.Where(entry => entry.Key is not null).Select(entry => new StateDelete(entry.Key!));
}
