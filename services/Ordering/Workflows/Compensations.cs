using Argosy.Ordering.Workflows.Activities;
using Dapr.Workflow;

namespace Argosy.Ordering.Workflows;

/// <summary>What has to be undone when an order ends early, in the order in which it was done.</summary>
internal sealed class Compensations(WorkflowContext context)
{
    private readonly Stack<(string Activity, object Input)> _steps = [];

    /// <summary>Notes how the step about to be tried is undone; undoing what never happened must be harmless.</summary>
    public void Add(string activity, object input) => _steps.Push((activity, input));

    /// <summary>Undoes everything, last step first, and then ends the order itself.</summary>
    public async Task RunAsync(CancelOrderInput end)
    {
        while (_steps.TryPop(out var step))
            await context.CallActivityAsync(step.Activity, step.Input, Retries.Persistent);
        await context.CallActivityAsync(nameof(CancelOrder), end, Retries.Persistent);
    }
}
