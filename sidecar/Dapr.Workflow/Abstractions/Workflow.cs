namespace Dapr.Workflow;

/// <summary>Base of workflows. The code must be deterministic: it is replayed from its history after every step.</summary>
/// <typeparam name="TInput">Type of the input; must be serializable.</typeparam>
/// <typeparam name="TOutput">Type of the output; must be serializable.</typeparam>
public abstract class Workflow<TInput, TOutput> : IWorkflow
{
    Type IWorkflow.InputType => typeof(TInput);

    Type IWorkflow.OutputType => typeof(TOutput);

    async Task<object?> IWorkflow.RunAsync(WorkflowContext context, object? input) => await RunAsync(context, input is null ? default! : (TInput)input);

    /// <summary>The workflow's code.</summary>
    public abstract Task<TOutput> RunAsync(WorkflowContext context, TInput input);
}
