using Argosy.Sidecar.Workflows.Storage;
using Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>How events change what is known of an instance.</summary>
internal static class InstanceRecords
{
    public static bool IsEnd(this OrchestrationStatus status) =>
        status is OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Canceled or OrchestrationStatus.Terminated;

    public static bool HasEnded(this InstanceRecord record) => record.Status.IsEnd();

    /// <summary>False for an answer to something the instance does not wait for (any more), and for a second start.</summary>
    public static bool Expects(this InstanceRecord record, HistoryEvent entry) => entry.EventTypeCase switch
    {
        HistoryEvent.EventTypeOneofCase.ExecutionStarted => record.HistoryLength == 0,
        HistoryEvent.EventTypeOneofCase.TaskCompleted => record.Activities.Contains(entry.TaskCompleted.TaskScheduledId),
        HistoryEvent.EventTypeOneofCase.TaskFailed => record.Activities.Contains(entry.TaskFailed.TaskScheduledId),
        HistoryEvent.EventTypeOneofCase.TimerFired => record.FindTimer(entry.TimerFired.TimerId) is not null,
        HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCompleted => record.FindChild(entry.ChildWorkflowInstanceCompleted.TaskScheduledId) is not null,
        HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceFailed => record.FindChild(entry.ChildWorkflowInstanceFailed.TaskScheduledId) is not null,
        _ => true,
    };

    /// <summary>The id an event answers; null for events that answer nothing. No id is answered twice.</summary>
    public static int? AnsweredId(this HistoryEvent entry) => entry.EventTypeCase switch
    {
        HistoryEvent.EventTypeOneofCase.TaskCompleted => entry.TaskCompleted.TaskScheduledId,
        HistoryEvent.EventTypeOneofCase.TaskFailed => entry.TaskFailed.TaskScheduledId,
        HistoryEvent.EventTypeOneofCase.TimerFired => entry.TimerFired.TimerId,
        HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCompleted => entry.ChildWorkflowInstanceCompleted.TaskScheduledId,
        HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceFailed => entry.ChildWorkflowInstanceFailed.TaskScheduledId,
        _ => null,
    };

    public static PendingTimer? FindTimer(this InstanceRecord record, int id) => record.Timers.FirstOrDefault(timer => timer.Id == id);

    public static PendingChild? FindChild(this InstanceRecord record, int id) => record.Children.FirstOrDefault(child => child.Id == id);

    /// <summary>The record of an execution that is to start.</summary>
    public static InstanceRecord Start(HistoryEvent start, ulong generation) => new()
    {
        Name = start.ExecutionStarted.Name,
        ExecutionId = start.ExecutionStarted.WorkflowInstance?.ExecutionId ?? "",
        Generation = generation,
        Status = OrchestrationStatus.Pending,
        CreatedAt = start.Timestamp,
        UpdatedAt = start.Timestamp,
        ScheduledStart = start.ExecutionStarted.ScheduledStartTimestamp,
        Parent = start.ExecutionStarted.ParentInstance,
    };

    /// <summary>Takes in an event from outside.</summary>
    public static void TakeIn(this InstanceRecord record, HistoryEvent entry)
    {
        record.UpdatedAt = entry.Timestamp;
        switch (entry.EventTypeCase)
        {
            case HistoryEvent.EventTypeOneofCase.WorkflowStarted:
                record.StartedAt ??= entry.Timestamp;
                break;
            case HistoryEvent.EventTypeOneofCase.ExecutionStarted:
                record.Status = OrchestrationStatus.Running;
                break;
            case HistoryEvent.EventTypeOneofCase.TaskCompleted:
                record.Activities.Remove(entry.TaskCompleted.TaskScheduledId);
                break;
            case HistoryEvent.EventTypeOneofCase.TaskFailed:
                record.Activities.Remove(entry.TaskFailed.TaskScheduledId);
                break;
            case HistoryEvent.EventTypeOneofCase.TimerFired:
                record.Timers.Remove(record.FindTimer(entry.TimerFired.TimerId));
                break;
            case HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCompleted:
                record.Children.Remove(record.FindChild(entry.ChildWorkflowInstanceCompleted.TaskScheduledId));
                break;
            case HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceFailed:
                record.Children.Remove(record.FindChild(entry.ChildWorkflowInstanceFailed.TaskScheduledId));
                break;
            case HistoryEvent.EventTypeOneofCase.ExecutionSuspended:
                record.Suspended = true;
                record.Status = OrchestrationStatus.Suspended;
                break;
            case HistoryEvent.EventTypeOneofCase.ExecutionResumed:
                record.Suspended = false;
                record.Status = OrchestrationStatus.Running;
                break;
        }
        if (record.Status == OrchestrationStatus.Stalled)
            record.Status = record.Suspended ? OrchestrationStatus.Suspended : OrchestrationStatus.Running;
    }
}
