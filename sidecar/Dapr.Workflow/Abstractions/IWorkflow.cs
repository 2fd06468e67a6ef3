namespace Dapr.Workflow;

/// <summary>A workflow as the worker runs it. Derive from <see cref="Workflow{TInput,TOutput}"/> instead of implementing this.</summary>
public interface IWorkflow
{
    /// <summary>Type of the input.</summary>
    Type InputType { get; }

    /// <summary>Type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Runs the workflow with an input of <see cref="InputType"/>.</summary>
    Task<object?> RunAsync(WorkflowContext context, object? input);
}
