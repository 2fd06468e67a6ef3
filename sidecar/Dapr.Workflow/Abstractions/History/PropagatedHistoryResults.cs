namespace Dapr.Workflow;

/// <summary>An ancestor's call to an activity.</summary>
public sealed record PropagatedHistoryActivityResult(
    string Name,
    PropagatedHistoryStatus Status,
    string? Input,
    string? Output,
    WorkflowTaskFailureDetails? FailureDetails);

/// <summary>An ancestor's call to a child workflow.</summary>
public sealed record PropagatedHistoryWorkflowResult(
    string Name,
    PropagatedHistoryStatus Status,
    string? Output,
    WorkflowTaskFailureDetails? FailureDetails);

/// <summary>How far an ancestor's call had come.</summary>
public enum PropagatedHistoryStatus
{
    /// <summary>Not answered yet.</summary>
    Pending = 0,

    /// <summary>Answered.</summary>
    Completed = 1,

    /// <summary>Failed.</summary>
    Failed = 2,
}
