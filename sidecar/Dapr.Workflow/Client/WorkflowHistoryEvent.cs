namespace Dapr.Workflow.Client;

/// <summary>One event of an instance's history.</summary>
/// <param name="EventId">Id of the action that caused it; -1 for events from outside.</param>
/// <param name="EventType">What happened.</param>
/// <param name="Timestamp">When (UTC).</param>
public sealed record WorkflowHistoryEvent(int EventId, WorkflowHistoryEventType EventType, DateTime Timestamp);

/// <summary>What can happen to an instance.</summary>
public enum WorkflowHistoryEventType
{
    /// <summary>Something this library does not know.</summary>
    Unknown = 0,

    /// <summary>The instance was started.</summary>
    ExecutionStarted,

    /// <summary>It ended.</summary>
    ExecutionCompleted,

    /// <summary>It was told to end.</summary>
    ExecutionTerminated,

    /// <summary>An activity was called.</summary>
    TaskScheduled,

    /// <summary>An activity gave its result.</summary>
    TaskCompleted,

    /// <summary>An activity failed.</summary>
    TaskFailed,

    /// <summary>A child workflow was started.</summary>
    SubOrchestrationInstanceCreated,

    /// <summary>A child workflow gave its result.</summary>
    SubOrchestrationInstanceCompleted,

    /// <summary>A child workflow failed.</summary>
    SubOrchestrationInstanceFailed,

    /// <summary>A timer was set.</summary>
    TimerCreated,

    /// <summary>A timer ran out.</summary>
    TimerFired,

    /// <summary>A turn began.</summary>
    OrchestratorStarted,

    /// <summary>A turn ended.</summary>
    OrchestratorCompleted,

    /// <summary>An event was sent to another instance.</summary>
    EventSent,

    /// <summary>An event came in.</summary>
    EventRaised,

    /// <summary>Not used by current runtimes.</summary>
    GenericEvent,

    /// <summary>Not used by current runtimes.</summary>
    HistoryState,

    /// <summary>It started again with an empty history.</summary>
    ContinueAsNew,

    /// <summary>It was paused.</summary>
    ExecutionSuspended,

    /// <summary>It was resumed.</summary>
    ExecutionResumed,

    /// <summary>It cannot go on with the worker's version.</summary>
    ExecutionStalled,
}
