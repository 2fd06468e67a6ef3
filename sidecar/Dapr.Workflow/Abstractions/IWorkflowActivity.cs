namespace Dapr.Workflow.Abstractions;

/// <summary>An activity as the worker runs it. Derive from <see cref="WorkflowActivity{TInput,TOutput}"/> instead of implementing this.</summary>
public interface IWorkflowActivity
{
    /// <summary>Type of the input.</summary>
    Type InputType { get; }

    /// <summary>Type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Runs the activity with an input of <see cref="InputType"/>.</summary>
    Task<object?> RunAsync(WorkflowActivityContext context, object? input);
}
