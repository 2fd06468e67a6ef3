namespace Dapr.Workflow;

/// <summary>An activity or a child workflow failed.</summary>
#pragma warning disable CA1032 // The constructors are those of the official package.
public class WorkflowTaskFailedException(string message, WorkflowTaskFailureDetails failureDetails) : Exception(message)
{
    /// <summary>What went wrong, as reported by the app that ran it.</summary>
    public WorkflowTaskFailureDetails FailureDetails { get; } = failureDetails ?? throw new ArgumentNullException(nameof(failureDetails));
}
