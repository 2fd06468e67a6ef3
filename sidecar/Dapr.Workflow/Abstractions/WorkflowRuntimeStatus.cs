namespace Dapr.Workflow;

/// <summary>State of a workflow instance.</summary>
public enum WorkflowRuntimeStatus
{
    /// <summary>There is no such instance, or the runtime gave a state this library does not know.</summary>
    Unknown = -1,

    /// <summary>Started and not at its end.</summary>
    Running = 0,

    /// <summary>Ended with a result.</summary>
    Completed = 1,

    /// <summary>Ended to start again with a new input.</summary>
    ContinuedAsNew = 2,

    /// <summary>Ended with an error.</summary>
    Failed = 3,

    /// <summary>Ended by cancellation.</summary>
    Canceled = 4,

    /// <summary>Ended from outside.</summary>
    Terminated = 5,

    /// <summary>Scheduled and not started.</summary>
    Pending = 6,

    /// <summary>Paused from outside.</summary>
    Suspended = 7,

    /// <summary>Cannot go on with the worker's version of the code.</summary>
    Stalled = 8,
}
