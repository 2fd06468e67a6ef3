namespace Dapr.Workflow.Client;

/// <summary>How a workflow is run again from the middle.</summary>
public sealed class RerunWorkflowFromEventOptions
{
    /// <summary>Id of the new instance; null for a generated one.</summary>
    public string? NewInstanceId { get; set; }

    /// <summary>Input of the event that is run again; used when <see cref="OverwriteInput"/> is set.</summary>
    public object? Input { get; set; }

    /// <summary>True to replace the event's input by <see cref="Input"/>.</summary>
    public bool OverwriteInput { get; set; }
}
