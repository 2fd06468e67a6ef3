namespace Dapr.Workflow.Client;

/// <summary>Some of the instance ids.</summary>
/// <param name="InstanceIds">The ids.</param>
/// <param name="ContinuationToken">Where the next page begins; null on the last.</param>
public sealed record WorkflowInstancePage(IReadOnlyList<string> InstanceIds, string? ContinuationToken);
