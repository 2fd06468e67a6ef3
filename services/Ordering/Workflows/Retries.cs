using Dapr.Workflow;

namespace Argosy.Ordering.Workflows;

/// <summary>How long steps are tried.</summary>
internal static class Retries
{
    /// <summary>Some three minutes: well within the lease of the stock.</summary>
    public static readonly WorkflowTaskOptions Forward = new(new WorkflowRetryPolicy(
        maxNumberOfAttempts: 12,
        firstRetryInterval: TimeSpan.FromMilliseconds(200),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromSeconds(30)));

    /// <summary>About a week: giving up would leave stock or money where it does not belong.</summary>
    public static readonly WorkflowTaskOptions Compensation = new(new WorkflowRetryPolicy(
        maxNumberOfAttempts: 10_000,
        firstRetryInterval: TimeSpan.FromMilliseconds(200),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromMinutes(1)));
}
