using Proto = Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Client;

/// <summary>Wire values as the public API shows them.</summary>
internal static class WireConversions
{
    public static WorkflowRuntimeStatus ToPublic(this Proto.OrchestrationStatus status) =>
        Enum.IsDefined((WorkflowRuntimeStatus)(int)status) ? (WorkflowRuntimeStatus)(int)status : WorkflowRuntimeStatus.Unknown;

    public static WorkflowTaskFailureDetails? ToPublic(this Proto.TaskFailureDetails? failure) =>
        failure is null
            ? null
            : new WorkflowTaskFailureDetails(failure.ErrorType, failure.ErrorMessage, string.IsNullOrEmpty(failure.StackTrace) ? null : failure.StackTrace);

    public static WorkflowHistoryEvent ToPublic(this Proto.HistoryEvent historyEvent) =>
        new(historyEvent.EventId, ToPublic(historyEvent.EventTypeCase), historyEvent.Timestamp?.ToDateTime() ?? DateTime.MinValue);

    private static WorkflowHistoryEventType ToPublic(Proto.HistoryEvent.EventTypeOneofCase type) => type switch
    {
        Proto.HistoryEvent.EventTypeOneofCase.ExecutionStarted => WorkflowHistoryEventType.ExecutionStarted,
        Proto.HistoryEvent.EventTypeOneofCase.ExecutionCompleted => WorkflowHistoryEventType.ExecutionCompleted,
        Proto.HistoryEvent.EventTypeOneofCase.ExecutionTerminated => WorkflowHistoryEventType.ExecutionTerminated,
        Proto.HistoryEvent.EventTypeOneofCase.TaskScheduled => WorkflowHistoryEventType.TaskScheduled,
        Proto.HistoryEvent.EventTypeOneofCase.TaskCompleted => WorkflowHistoryEventType.TaskCompleted,
        Proto.HistoryEvent.EventTypeOneofCase.TaskFailed => WorkflowHistoryEventType.TaskFailed,
        Proto.HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCreated => WorkflowHistoryEventType.SubOrchestrationInstanceCreated,
        Proto.HistoryEvent.EventTypeOneofCase.DetachedWorkflowInstanceCreated => WorkflowHistoryEventType.SubOrchestrationInstanceCreated,
        Proto.HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCompleted => WorkflowHistoryEventType.SubOrchestrationInstanceCompleted,
        Proto.HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceFailed => WorkflowHistoryEventType.SubOrchestrationInstanceFailed,
        Proto.HistoryEvent.EventTypeOneofCase.TimerCreated => WorkflowHistoryEventType.TimerCreated,
        Proto.HistoryEvent.EventTypeOneofCase.TimerFired => WorkflowHistoryEventType.TimerFired,
        Proto.HistoryEvent.EventTypeOneofCase.WorkflowStarted => WorkflowHistoryEventType.OrchestratorStarted,
        Proto.HistoryEvent.EventTypeOneofCase.WorkflowCompleted => WorkflowHistoryEventType.OrchestratorCompleted,
        Proto.HistoryEvent.EventTypeOneofCase.EventSent => WorkflowHistoryEventType.EventSent,
        Proto.HistoryEvent.EventTypeOneofCase.EventRaised => WorkflowHistoryEventType.EventRaised,
        Proto.HistoryEvent.EventTypeOneofCase.ContinueAsNew => WorkflowHistoryEventType.ContinueAsNew,
        Proto.HistoryEvent.EventTypeOneofCase.ExecutionSuspended => WorkflowHistoryEventType.ExecutionSuspended,
        Proto.HistoryEvent.EventTypeOneofCase.ExecutionResumed => WorkflowHistoryEventType.ExecutionResumed,
        Proto.HistoryEvent.EventTypeOneofCase.ExecutionStalled => WorkflowHistoryEventType.ExecutionStalled,
        _ => WorkflowHistoryEventType.Unknown,
    };
}
