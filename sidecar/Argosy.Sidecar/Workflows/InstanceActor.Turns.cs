using Argosy.Sidecar.State;
using Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>The part that makes turns of inbox events and takes their outcome over. Everything here runs under the gate.</summary>
internal sealed partial class InstanceActor
{
    private bool _startIsScheduled;

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

    /// <summary>After a restart: activities that had not answered are run again.</summary>
    private void Resume()
    {
        lock (_gate)
        {
            var answered = _inbox.Select(entry => entry.Event.AnsweredId()).ToHashSet();
            foreach (var scheduled in _history.Where(entry => entry.TaskScheduled is not null && _record!.Activities.Contains(entry.EventId) && !answered.Contains(entry.EventId)))
                Run(scheduled);
            Pump();
        }
    }

    /// <summary>Begins a turn if there is something to take in and none under way.</summary>
    private void Pump()
    {
        if (_turn is not null || _isSaving || _isRetired || _record is null || _inbox.Count == 0)
            return;
        var now = _host.Time.GetUtcNow();
        if (_record.HistoryLength == 0 && !IsDue(now))
            return;
        var request = new WorkflowRequest { InstanceId = Id, ExecutionId = _record.ExecutionId, NewEvents = { HistoryEvents.WorkflowStarted(now) } };
        request.NewEvents.AddRange(Fresh());
        var ticket = new TurnTicket(this, request, [.. _inbox]);
        _inbox.Clear();
        if (request.NewEvents.Count == 1)
        {
            Discard(ticket.Entries);
            return;
        }
        _turn = ticket;
        if (request.NewEvents.Any(entry => entry.ExecutionTerminated is not null))
        {
            // Nothing the code could still say matters, so it is not asked.
            _ = Task.Run(() => CompleteAsync(ticket, new WorkflowResponse()));
            return;
        }
        request.PastEvents.AddRange(_history);
        _host.Dispatcher(null)!.Enqueue(ticket);
    }

    private bool IsDue(DateTimeOffset now)
    {
        if (_record!.ScheduledStart?.ToDateTimeOffset() is not { } start || start <= now)
            return _inbox.Exists(entry => entry.Event.ExecutionStarted is not null);
        if (!_startIsScheduled)
            _host.Timers.Add(new DueTimer(Id, _record.Generation, null, start));
        _startIsScheduled = true;
        return false;
    }

    /// <summary>The inbox events that still matter: the start first, no answer twice.</summary>
    private IEnumerable<HistoryEvent> Fresh()
    {
        var answered = new HashSet<int>();
        var start = _inbox.Find(entry => entry.Event.ExecutionStarted is not null)?.Event;
        if (start is not null && _record!.Expects(start))
            yield return start;
        foreach (var entry in _inbox.Select(entry => entry.Event))
        {
            if (entry.ExecutionStarted is null && _record!.Expects(entry) && (entry.AnsweredId() is not { } id || answered.Add(id)))
                yield return entry;
        }
    }

    private TurnOutcome Apply(TurnTicket ticket, WorkflowResponse response)
    {
        var newEvents = ticket.Request.NewEvents;
        var start = newEvents.FirstOrDefault(entry => entry.ExecutionStarted is not null) ?? _history.First(entry => entry.ExecutionStarted is not null);
        var outcome = _host.Applier.Apply(Id, _record!, start, newEvents, response);
        var isLoop = outcome.NextExecution is not null && _history.Count == 0;
        _continuations = isLoop ? _continuations + 1 : 0;
        return _continuations <= InstanceHost.LongestContinuation ? outcome : _host.Applier.Apply(Id, _record!, start, newEvents, TightLoop());
    }

    private static WorkflowResponse TightLoop() => new()
    {
        Actions =
        {
            new WorkflowAction
            {
                CompleteWorkflow = new CompleteWorkflowAction
                {
                    WorkflowStatus = OrchestrationStatus.Failed,
                    FailureDetails = new TaskFailureDetails
                    {
                        ErrorType = "ContinueAsNewLimitExceeded",
                        ErrorMessage = $"exceeded tight-loop continue-as-new limit of {InstanceHost.LongestContinuation} iterations",
                        IsNonRetriable = true,
                    },
                },
            },
        },
    };

    private TurnSave Prepare(TurnTicket ticket, TurnOutcome outcome)
    {
        var store = _host.Store;
        var before = _record!;
        var operations = new List<StateOperation>();
        var next = new List<InboxEntry>();
        if (_replaced is { } replaced)
            operations.AddRange(store.Drop(Id, replaced));
        if (outcome.NextExecution is { } first)
        {
            operations.AddRange(store.DropHistory(Id, before));
            foreach (var entry in first)
            {
                var (put, key) = store.PutInbox(Id, entry, outcome.Record.ExecutionId);
                operations.Add(put);
                next.Add(new InboxEntry(entry, key, outcome.Record.ExecutionId));
            }
        }
        else
        {
            operations.Add(store.PutHistory(Id, before.HistoryLength, outcome.Events));
            outcome.Record.HistoryLength = before.HistoryLength + 1;
        }
        if (outcome.CustomStatus is { } status && status != _customStatus)
            operations.Add(store.PutCustomStatus(Id, status));
        outcome.Record.HasCustomStatus = (outcome.CustomStatus ?? _customStatus) is not null;
        operations.Add(store.Put(Id, outcome.Record));
        if (outcome.Record.HasEnded())
            operations.AddRange(store.MarkEnded(Id));
        else if (!_isStored)
            operations.Add(store.PutActive(Id));
        operations.AddRange(Keys(ticket.Entries));
        if (outcome.Record.HasEnded())
            operations.AddRange(Keys(_inbox));
        var deliveries = new List<InstanceDelivery>();
        foreach (var message in outcome.Messages)
        {
            var (put, key) = store.PutInbox(message.InstanceId, message.Event, message.ExecutionId);
            operations.Add(put);
            if (message.Event.ExecutionStarted is not null)
                operations.Add(store.PutActive(message.InstanceId));
            deliveries.Add(new InstanceDelivery(message.InstanceId, new InboxEntry(message.Event, key, message.ExecutionId)));
        }
        return new TurnSave(operations, deliveries, next);
    }

    private void Commit(TurnTicket ticket, TurnOutcome outcome, TurnSave save)
    {
        if (outcome.NextExecution is null)
            _history.AddRange(outcome.Events);
        else
            _history.Clear();
        _record = outcome.Record;
        _customStatus = outcome.CustomStatus ?? _customStatus;
        _replaced = null;
        _isStored = true;
        _isSaving = false;
        _turn = null;
        _lastUsed = _host.Time.GetUtcNow();
        foreach (var entry in ticket.Entries)
            entry.MarkSafe();
        if (outcome.NextExecution is not null || _record.HasEnded())
            StopWork();
        if (_record.HasEnded())
        {
            foreach (var entry in _inbox)
                entry.MarkSafe();
            _inbox.Clear();
            LogEnded(_host.Log, _record.Name, Id, _record.Status);
        }
        _inbox.InsertRange(0, save.Next);
        foreach (var scheduled in outcome.Activities)
            Run(scheduled);
        foreach (var timer in outcome.Timers)
            _host.Timers.Add(new DueTimer(Id, _record.Generation, timer.Id, timer.FireAt.ToDateTimeOffset()));
        SignalChange();
    }

    private void Run(HistoryEvent scheduled)
    {
        var task = scheduled.TaskScheduled;
        var ticket = new ActivityTicket(this, new ActivityRequest
        {
            Name = task.Name,
            Version = task.Version,
            Input = task.Input,
            WorkflowInstance = new WorkflowInstance { InstanceId = Id, ExecutionId = _record!.ExecutionId },
            TaskId = scheduled.EventId,
            TaskExecutionId = task.TaskExecutionId,
            ParentTraceContext = task.ParentTraceContext,
        });
        var target = scheduled.Router is { HasTargetAppID: true, TargetAppID: { Length: > 0 } app } && app != _host.AppId ? app : null;
        if (_host.Dispatcher(target) is { } dispatcher)
        {
            ticket.Dispatcher = dispatcher;
            _activities[scheduled.EventId] = ticket;
            dispatcher.Enqueue(ticket);
            return;
        }
        var failure = new TaskFailureDetails { ErrorType = "AppNotFound", ErrorMessage = $"activity '{task.Name}': this sidecar knows no app '{target}'" };
        _inbox.Add(new InboxEntry(HistoryEvents.TaskAnswered(_host.Time.GetUtcNow(), scheduled.EventId, task.TaskExecutionId, null, failure)));
    }

    private void PutBack(TurnTicket ticket)
    {
        lock (_gate)
        {
            _isSaving = false;
            _turn = null;
            _inbox.InsertRange(0, ticket.Entries);
        }
        _ = PumpLaterAsync();
    }

    private async Task PumpLaterAsync()
    {
        await Task.Delay(PauseAfterFailedSave, _host.Time);
        lock (_gate)
            Pump();
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

    /// <summary>Nobody waits for the running activities and the turn any more.</summary>
    private void StopWork()
    {
        foreach (var ticket in _activities.Values)
            ticket.Dispatcher!.Cancel(ticket);
        _activities.Clear();
        if (_turn is { } turn)
            _host.Dispatcher(null)!.Cancel(turn);
        _turn = null;
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

    private void SignalChange()
    {
        _changed?.TrySetResult();
        _changed = null;
    }

    private static IEnumerable<StateOperation> Keys(IEnumerable<InboxEntry> entries) =>
        entries.Where(entry => entry.Key is not null).Select(entry => new StateDelete(entry.Key!));
}
