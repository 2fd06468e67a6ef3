using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Argosy.Sidecar.Workflows;

/// <summary>Events with the id that says "not caused by an action".</summary>
internal static class HistoryEvents
{
    private const int NoAction = -1;

    public static HistoryEvent Now(DateTimeOffset now, int eventId = NoAction) => new() { EventId = eventId, Timestamp = Timestamp.FromDateTimeOffset(now) };

    public static HistoryEvent WorkflowStarted(DateTimeOffset now)
    {
        var entry = Now(now);
        entry.WorkflowStarted = new WorkflowStartedEvent();
        return entry;
    }

    public static HistoryEvent TimerFired(DateTimeOffset now, int timerId, Timestamp fireAt)
    {
        var entry = Now(now);
        entry.TimerFired = new TimerFiredEvent { TimerId = timerId, FireAt = fireAt };
        return entry;
    }

    public static HistoryEvent EventRaised(DateTimeOffset now, string name, string? input)
    {
        var entry = Now(now);
        entry.EventRaised = new EventRaisedEvent { Name = name, Input = input };
        return entry;
    }

    public static HistoryEvent Suspended(DateTimeOffset now, string? reason)
    {
        var entry = Now(now);
        entry.ExecutionSuspended = new ExecutionSuspendedEvent { Input = reason };
        return entry;
    }

    public static HistoryEvent Resumed(DateTimeOffset now, string? reason)
    {
        var entry = Now(now);
        entry.ExecutionResumed = new ExecutionResumedEvent { Input = reason };
        return entry;
    }

    public static HistoryEvent Terminated(DateTimeOffset now, string? output, bool recurse)
    {
        var entry = Now(now);
        entry.ExecutionTerminated = new ExecutionTerminatedEvent { Input = output, Recurse = recurse };
        return entry;
    }

    public static HistoryEvent TaskAnswered(DateTimeOffset now, int taskId, string taskExecutionId, string? result, TaskFailureDetails? failure)
    {
        var entry = Now(now);
        if (failure is null)
            entry.TaskCompleted = new TaskCompletedEvent { TaskScheduledId = taskId, Result = result, TaskExecutionId = taskExecutionId };
        else
            entry.TaskFailed = new TaskFailedEvent { TaskScheduledId = taskId, FailureDetails = failure, TaskExecutionId = taskExecutionId };
        return entry;
    }

    public static HistoryEvent ChildAnswered(DateTimeOffset now, int childId, CompleteWorkflowAction end)
    {
        var entry = Now(now);
        if (end.WorkflowStatus == OrchestrationStatus.Completed)
            entry.ChildWorkflowInstanceCompleted = new ChildWorkflowInstanceCompletedEvent { TaskScheduledId = childId, Result = end.Result };
        else
            entry.ChildWorkflowInstanceFailed = new ChildWorkflowInstanceFailedEvent { TaskScheduledId = childId, FailureDetails = end.FailureDetails };
        return entry;
    }
}
