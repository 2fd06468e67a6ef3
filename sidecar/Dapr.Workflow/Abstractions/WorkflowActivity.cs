using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow;

/// <summary>Base of activities, the steps of a workflow that may do anything. An activity runs at least once, so it must be idempotent.</summary>
/// <typeparam name="TInput">Type of the input; must be serializable.</typeparam>
/// <typeparam name="TOutput">Type of the output; must be serializable.</typeparam>
public abstract class WorkflowActivity<TInput, TOutput> : IWorkflowActivity
{
    Type IWorkflowActivity.InputType => typeof(TInput);

    Type IWorkflowActivity.OutputType => typeof(TOutput);

    /// <summary>Runs the activity with an untyped input.</summary>
    public async Task<object?> RunAsync(WorkflowActivityContext context, object? input) => await RunAsync(context, input is null ? default! : (TInput)input);

    /// <summary>The activity's code.</summary>
    public abstract Task<TOutput> RunAsync(WorkflowActivityContext context, TInput input);
}
