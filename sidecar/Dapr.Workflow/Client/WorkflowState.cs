using Dapr.Common.Serialization;
using Dapr.Workflow.Client;
using Proto = Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow;

/// <summary>A look at a workflow instance.</summary>
public sealed class WorkflowState
{
    private readonly Proto.WorkflowState? _state;
    private readonly IDaprSerializer _serializer;

    internal WorkflowState(Proto.WorkflowState? state, IDaprSerializer serializer)
    {
        _state = state;
        _serializer = serializer;
        FailureDetails = state?.FailureDetails.ToPublic();
    }

    /// <summary>Name of the workflow; null when there is no such instance.</summary>
    public string? WorkflowName => _state?.Name;

    /// <summary>True when the instance is known.</summary>
    public bool Exists => _state is not null;

    /// <summary>True while its status is <see cref="WorkflowRuntimeStatus.Running"/>.</summary>
    public bool IsWorkflowRunning => RuntimeStatus == WorkflowRuntimeStatus.Running;

    /// <summary>True when it completed, failed or was terminated.</summary>
    public bool IsWorkflowCompleted =>
        RuntimeStatus is WorkflowRuntimeStatus.Completed or WorkflowRuntimeStatus.Failed or WorkflowRuntimeStatus.Terminated;

    /// <summary>When it was scheduled.</summary>
    public DateTimeOffset CreatedAt => _state?.CreatedTimestamp?.ToDateTimeOffset() ?? default;

    /// <summary>When its history last grew.</summary>
    public DateTimeOffset LastUpdatedAt => _state?.LastUpdatedTimestamp?.ToDateTimeOffset() ?? default;

    /// <summary>Where it stands.</summary>
    public WorkflowRuntimeStatus RuntimeStatus => _state?.WorkflowStatus.ToPublic() ?? WorkflowRuntimeStatus.Unknown;

    /// <summary>Why it failed; null when it did not.</summary>
    public WorkflowTaskFailureDetails? FailureDetails { get; }

    /// <summary>Its input; default when there is none or it was not asked for.</summary>
    public T? ReadInputAs<T>() => Read<T>(_state?.Input);

    /// <summary>Its output; default when there is none or it was not asked for.</summary>
    public T? ReadOutputAs<T>() => Read<T>(_state?.Output);

    /// <summary>Its custom status; default when there is none or it was not asked for.</summary>
    public T? ReadCustomStatusAs<T>() => Read<T>(_state?.CustomStatus);

    private T? Read<T>(string? text) => string.IsNullOrEmpty(text) ? default : _serializer.Deserialize<T>(text);
}
