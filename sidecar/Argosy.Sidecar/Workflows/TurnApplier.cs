using Argosy.Sidecar.Workflows.Storage;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Argosy.Sidecar.Workflows;

/// <summary>Works out what a turn leads to, from the events it took in and the actions the worker answered with.</summary>
internal sealed class TurnApplier(string appId, string appNamespace, TimeProvider time)
{
    /// <summary>The fire time of a wait without end (9999-12-31T23:59:59.999999999Z): such a timer is noted and never set.</summary>
    private static readonly Timestamp Never = new() { Seconds = 253402300799, Nanos = 999999999 };

    /// <param name="before">The instance before the turn; it is left as it is.</param>
    /// <param name="start">The event that started this execution.</param>
    public TurnOutcome Apply(string instanceId, InstanceRecord before, HistoryEvent start, IReadOnlyList<HistoryEvent> newEvents, WorkflowResponse response)
    {
        var outcome = new TurnOutcome(before.Clone()) { CustomStatus = response.CustomStatus };
        foreach (var entry in newEvents)
        {
            if (entry.WorkflowStarted is { } began && response.Version is { } version)
                began.Version = version;
            outcome.Record.TakeIn(entry);
            outcome.Events.Add(entry);
        }
        var turn = new Turn(instanceId, start.ExecutionStarted, newEvents, outcome);
        foreach (var action in response.Actions)
        {
            if (outcome.NextExecution is not null || outcome.Record.HasEnded())
                break;
            Apply(turn, action);
        }
        if (!outcome.Record.HasEnded() && turn.Termination is { } termination)
            Complete(turn, NextId(response), new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.Terminated, Result = termination.Input });
        return outcome;
    }

    private static int NextId(WorkflowResponse response) => response.Actions.Count == 0 ? 0 : response.Actions.Max(action => action.Id) + 1;

    private void Apply(Turn turn, WorkflowAction action)
    {
        switch (action.WorkflowActionTypeCase)
        {
            case WorkflowAction.WorkflowActionTypeOneofCase.ScheduleTask:
                Schedule(turn, action.Id, action.ScheduleTask, action.Router ?? action.ScheduleTask.Router);
                break;
            case WorkflowAction.WorkflowActionTypeOneofCase.CreateTimer:
                SetTimer(turn, action.Id, action.CreateTimer);
                break;
            case WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow:
                StartChild(turn, action.Id, action.CreateChildWorkflow, action.Router ?? action.CreateChildWorkflow.Router);
                break;
            case WorkflowAction.WorkflowActionTypeOneofCase.CreateDetachedWorkflow:
                StartDetached(turn, action.Id, action.CreateDetachedWorkflow);
                break;
            case WorkflowAction.WorkflowActionTypeOneofCase.SendEvent:
                Send(turn, action.Id, action.SendEvent);
                break;
            case WorkflowAction.WorkflowActionTypeOneofCase.TerminateWorkflow:
                var terminate = action.TerminateWorkflow;
                turn.Outcome.Messages.Add(new InstanceMessage(terminate.InstanceId, HistoryEvents.Terminated(Now, terminate.Reason, terminate.Recurse)));
                break;
            case WorkflowAction.WorkflowActionTypeOneofCase.CompleteWorkflow when action.CompleteWorkflow.WorkflowStatus == OrchestrationStatus.ContinuedAsNew:
                // An instance that is told to end must not slip away into a new execution.
                if (turn.Termination is null)
                    ContinueAsNew(turn, action.CompleteWorkflow);
                break;
            case WorkflowAction.WorkflowActionTypeOneofCase.CompleteWorkflow when action.CompleteWorkflow.WorkflowStatus == OrchestrationStatus.Stalled:
                Stall(turn, StalledReason.PatchMismatch, action.CompleteWorkflow.Details);
                break;
            case WorkflowAction.WorkflowActionTypeOneofCase.CompleteWorkflow:
                Complete(turn, action.Id, action.CompleteWorkflow);
                break;
            case WorkflowAction.WorkflowActionTypeOneofCase.WorkflowVersionNotAvailable:
                Stall(turn, StalledReason.VersionNotAvailable, "The worker does not have this version of the workflow.");
                break;
        }
    }

    private void Schedule(Turn turn, int id, ScheduleTaskAction action, TaskRouter? router)
    {
        var entry = Add(turn, id, router);
        entry.TaskScheduled = new TaskScheduledEvent
        {
            Name = action.Name,
            Version = action.Version,
            Input = action.Input,
            TaskExecutionId = action.TaskExecutionId,
            ParentTraceContext = turn.Start.ParentTraceContext,
        };
        if (action.HasHistoryPropagationScope)
            entry.TaskScheduled.HistoryPropagationScope = action.HistoryPropagationScope;
        turn.Outcome.Record.Activities.Add(id);
        turn.Outcome.Activities.Add(entry);
    }

    private void SetTimer(Turn turn, int id, CreateTimerAction action)
    {
        var created = new TimerCreatedEvent { FireAt = action.FireAt };
        if (action.HasName)
            created.Name = action.Name;
        switch (action.OriginCase)
        {
            case CreateTimerAction.OriginOneofCase.CreateTimer:
                created.CreateTimer = action.CreateTimer;
                break;
            case CreateTimerAction.OriginOneofCase.ExternalEvent:
                created.ExternalEvent = action.ExternalEvent;
                break;
            case CreateTimerAction.OriginOneofCase.ActivityRetry:
                created.ActivityRetry = action.ActivityRetry;
                break;
            case CreateTimerAction.OriginOneofCase.ChildWorkflowRetry:
                created.ChildWorkflowRetry = action.ChildWorkflowRetry;
                break;
        }
        Add(turn, id).TimerCreated = created;
        if (IsEndless(created))
            return;
        var timer = new PendingTimer { Id = id, FireAt = action.FireAt };
        turn.Outcome.Record.Timers.Add(timer);
        turn.Outcome.Timers.Add(timer);
    }

    /// <summary>True for the timer of a wait without end, which never fires.</summary>
    public static bool IsEndless(TimerCreatedEvent timer) => timer.ExternalEvent is not null && Never.Equals(timer.FireAt);

    private void StartChild(Turn turn, int id, CreateChildWorkflowAction action, TaskRouter? router)
    {
        var childId = action.InstanceId.Length > 0 ? action.InstanceId : ChildId(turn.InstanceId, id);
        var entry = Add(turn, id, router);
        entry.ChildWorkflowInstanceCreated = new ChildWorkflowInstanceCreatedEvent
        {
            InstanceId = childId,
            Name = action.Name,
            Version = action.Version,
            Input = action.Input,
            ParentTraceContext = turn.Start.ParentTraceContext,
        };
        turn.Outcome.Record.Children.Add(new PendingChild { Id = id, InstanceId = childId });
        turn.Outcome.Messages.Add(new InstanceMessage(childId, ChildStart(turn.InstanceId, turn.Outcome.Record, entry)));
    }

    /// <summary>Id of a child the code gave none: the same in every replay.</summary>
    public static string ChildId(string parentId, int actionId) => $"{parentId}:{actionId:x4}";

    /// <summary>The start of a child, by the event that created it.</summary>
    public HistoryEvent ChildStart(string parentId, InstanceRecord parent, HistoryEvent created)
    {
        var child = created.ChildWorkflowInstanceCreated;
        var start = HistoryEvents.Now(Now);
        start.Router = created.Router;
        start.ExecutionStarted = new ExecutionStartedEvent
        {
            Name = child.Name,
            Version = child.Version,
            Input = child.Input,
            WorkflowInstance = new WorkflowInstance { InstanceId = child.InstanceId, ExecutionId = Guid.NewGuid().ToString() },
            ParentTraceContext = child.ParentTraceContext,
            ParentInstance = new ParentInstanceInfo
            {
                TaskScheduledId = created.EventId,
                Name = parent.Name,
                WorkflowInstance = new WorkflowInstance { InstanceId = parentId, ExecutionId = parent.ExecutionId },
                AppID = appId,
                AppNamespace = appNamespace,
            },
        };
        return start;
    }

    private void StartDetached(Turn turn, int id, CreateDetachedWorkflowAction action)
    {
        Add(turn, id).DetachedWorkflowInstanceCreated = new DetachedWorkflowInstanceCreatedEvent { InstanceId = action.InstanceId };
        var start = HistoryEvents.Now(Now);
        start.ExecutionStarted = new ExecutionStartedEvent
        {
            Name = action.Name,
            Version = action.Version,
            Input = action.Input,
            WorkflowInstance = new WorkflowInstance
            {
                InstanceId = action.InstanceId,
                ExecutionId = string.IsNullOrEmpty(action.ExecutionId) ? Guid.NewGuid().ToString() : action.ExecutionId,
            },
            ScheduledStartTimestamp = action.ScheduledStartTimestamp,
            ParentTraceContext = action.ParentTraceContext ?? turn.Start.ParentTraceContext,
            Tags = { action.Tags },
        };
        turn.Outcome.Messages.Add(new InstanceMessage(action.InstanceId, start));
    }

    private void Send(Turn turn, int id, SendEventAction action)
    {
        var target = action.Instance?.InstanceId ?? "";
        Add(turn, id).EventSent = new EventSentEvent { InstanceId = target, Name = action.Name, Input = action.Data };
        turn.Outcome.Messages.Add(new InstanceMessage(target, HistoryEvents.EventRaised(Now, action.Name, action.Data)));
    }

    private void Complete(Turn turn, int id, CompleteWorkflowAction end)
    {
        var record = turn.Outcome.Record;
        if (end.WorkflowStatus == OrchestrationStatus.Terminated)
            end.Result ??= turn.Termination?.Input;
        var entry = Add(turn, id);
        entry.ExecutionCompleted = new ExecutionCompletedEvent { WorkflowStatus = end.WorkflowStatus, Result = end.Result, FailureDetails = end.FailureDetails };
        record.Status = end.WorkflowStatus;
        record.CompletedAt = entry.Timestamp;
        if (turn.Termination is { Recurse: true } termination)
            turn.Outcome.Messages.AddRange(record.Children.Select(child => new InstanceMessage(child.InstanceId, HistoryEvents.Terminated(Now, termination.Input, recurse: true))));
        record.Timers.Clear();
        record.Activities.Clear();
        record.Children.Clear();
        turn.Outcome.Timers.Clear();
        turn.Outcome.Activities.Clear();
        if (record.Parent is { } parent)
        {
            end.FailureDetails ??= new TaskFailureDetails
            {
                ErrorType = end.WorkflowStatus.ToString(),
                ErrorMessage = $"The child workflow '{turn.InstanceId}' ended as {end.WorkflowStatus}.",
            };
            turn.Outcome.Messages.Add(new InstanceMessage(
                parent.WorkflowInstance.InstanceId, HistoryEvents.ChildAnswered(Now, parent.TaskScheduledId, end), parent.WorkflowInstance.ExecutionId ?? ""));
        }
    }

    private void ContinueAsNew(Turn turn, CompleteWorkflowAction end)
    {
        var start = HistoryEvents.Now(Now);
        start.ExecutionStarted = turn.Start.Clone();
        start.ExecutionStarted.Input = end.Result;
        start.ExecutionStarted.ScheduledStartTimestamp = null;
        start.ExecutionStarted.WorkflowInstance = new WorkflowInstance { InstanceId = turn.InstanceId, ExecutionId = Guid.NewGuid().ToString() };
        var outcome = turn.Outcome;
        outcome.NextExecution = [start, .. end.CarryoverEvents];
        var before = outcome.Record;
        outcome.Record = InstanceRecords.Start(start, before.Generation + 1);
        outcome.Record.Status = before.Status;
        outcome.Record.Suspended = before.Suspended;
        outcome.Record.StartedAt = before.StartedAt;
        outcome.Events.Clear();
        outcome.Activities.Clear();
        outcome.Timers.Clear();
        outcome.Messages.Clear();
    }

    private void Stall(Turn turn, StalledReason reason, string? description)
    {
        Add(turn, -1).ExecutionStalled = new ExecutionStalledEvent { Reason = reason, Description = description ?? "" };
        turn.Outcome.Record.Status = OrchestrationStatus.Stalled;
    }

    private HistoryEvent Add(Turn turn, int id, TaskRouter? router = null)
    {
        var entry = HistoryEvents.Now(Now, id);
        entry.Router = router;
        turn.Outcome.Record.UpdatedAt = entry.Timestamp;
        turn.Outcome.Events.Add(entry);
        return entry;
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private sealed record Turn(string InstanceId, ExecutionStartedEvent Start, IReadOnlyList<HistoryEvent> NewEvents, TurnOutcome Outcome)
    {
        public ExecutionTerminatedEvent? Termination { get; } = NewEvents.FirstOrDefault(entry => entry.ExecutionTerminated is not null)?.ExecutionTerminated;
    }
}
