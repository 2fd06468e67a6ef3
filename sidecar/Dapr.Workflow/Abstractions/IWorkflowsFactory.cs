using Dapr.Workflow.Abstractions;

namespace Dapr.Workflow.Worker;

/// <summary>The workflows and activities an app offers.</summary>
public interface IWorkflowsFactory
{
    /// <summary>Adds a workflow class; <paramref name="name"/> defaults to the class name. The first registration of a name stays.</summary>
    void RegisterWorkflow<TWorkflow>(string? name = null) where TWorkflow : class, IWorkflow;

    /// <summary>Adds a workflow function.</summary>
    void RegisterWorkflow<TInput, TOutput>(string name, Func<WorkflowContext, TInput, Task<TOutput>> implementation);

    /// <summary>Adds an activity class; <paramref name="name"/> defaults to the class name. The first registration of a name stays.</summary>
    void RegisterActivity<TActivity>(string? name = null) where TActivity : class, IWorkflowActivity;

    /// <summary>Adds an activity function.</summary>
    void RegisterActivity<TInput, TOutput>(string name, Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation);

    /// <summary>Makes a workflow. False with no exception: the name is unknown.</summary>
    bool TryCreateWorkflow(TaskIdentifier identifier, IServiceProvider serviceProvider, out IWorkflow? workflow, out Exception? activationException);

    /// <summary>Makes an activity. False with no exception: the name is unknown.</summary>
    bool TryCreateActivity(TaskIdentifier identifier, IServiceProvider serviceProvider, out IWorkflowActivity? activity, out Exception? activationException);
}
