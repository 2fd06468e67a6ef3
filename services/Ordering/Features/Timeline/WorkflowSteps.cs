using Dapr.Workflow.Client;

namespace Argosy.Ordering.Features.Timeline;

/// <summary>Puts a workflow's history into words. The engine's own bookkeeping (turns) is left out.</summary>
internal static class WorkflowSteps
{
    public static IEnumerable<TimelineEntry> Of(IEnumerable<WorkflowHistoryEvent> history) =>
        from entry in history
        let name = NameOf(entry.EventType)
        where name is not null
        select new TimelineEntry(new DateTimeOffset(DateTime.SpecifyKind(entry.Timestamp, DateTimeKind.Utc)), "workflow", name, entry.EventId >= 0 ? $"#{entry.EventId}" : null);

    private static string? NameOf(WorkflowHistoryEventType type) => type switch
    {
        WorkflowHistoryEventType.ExecutionStarted => "started",
        WorkflowHistoryEventType.ExecutionCompleted => "ended",
        WorkflowHistoryEventType.ExecutionTerminated => "terminated",
        WorkflowHistoryEventType.ExecutionSuspended => "paused",
        WorkflowHistoryEventType.ExecutionResumed => "resumed",
        WorkflowHistoryEventType.TaskScheduled => "step-begun",
        WorkflowHistoryEventType.TaskCompleted => "step-done",
        WorkflowHistoryEventType.TaskFailed => "step-failed",
        WorkflowHistoryEventType.TimerCreated => "waiting",
        WorkflowHistoryEventType.TimerFired => "wait-over",
        WorkflowHistoryEventType.EventRaised => "message-received",
        _ => null,
    };
}
