using Dapr.Workflow;

namespace Argosy.Ordering.Workflows;

/// <summary>How long steps are tried.</summary>
internal static class Retries
{
    /// <summary>How much longer than the customer's time to pay stock is held: more than all steps before confirmation can be retried.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(20);

    /// <summary>Some three minutes: well within <see cref="Margin"/>.</summary>
    public static readonly WorkflowTaskOptions Forward = new(new WorkflowRetryPolicy(
        maxNumberOfAttempts: 12,
        firstRetryInterval: TimeSpan.FromMilliseconds(200),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromSeconds(30)));

    /// <summary>About a week: giving up would leave stock or money where it does not belong.</summary>
    public static readonly WorkflowTaskOptions Persistent = new(new WorkflowRetryPolicy(
        maxNumberOfAttempts: 10_000,
        firstRetryInterval: TimeSpan.FromMilliseconds(200),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromMinutes(1)));
}
