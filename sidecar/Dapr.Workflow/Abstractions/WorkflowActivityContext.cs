using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow;

/// <summary>What an activity knows about the call it serves.</summary>
public abstract class WorkflowActivityContext
{
    /// <summary>Name the activity was called by.</summary>
    public abstract TaskIdentifier Identifier { get; }

    /// <summary>Key of this step that stays the same when the same call runs again.</summary>
    public abstract string TaskExecutionKey { get; }

    /// <summary>Instance id of the calling workflow.</summary>
    public abstract string InstanceId { get; }
}
