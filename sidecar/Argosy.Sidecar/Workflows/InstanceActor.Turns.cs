using Argosy.Sidecar.State;
using Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>The part that makes turns of inbox events and takes their outcome over.</summary>
internal sealed partial class InstanceActor
{
    private bool _startIsScheduled;

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

    private void SignalChange()
    {
        _changed?.TrySetResult();
        _changed = null;
    }
}
