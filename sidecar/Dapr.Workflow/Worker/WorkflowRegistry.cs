using System.Collections.Concurrent;
using Dapr.Workflow.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace Dapr.Workflow.Worker;

/// <summary>The workflows and activities by name, without case.</summary>
internal sealed class WorkflowRegistry : IWorkflowsFactory
{
    private readonly ConcurrentDictionary<string, Func<IServiceProvider, IWorkflow>> _workflows = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Func<IServiceProvider, IWorkflowActivity>> _activities = new(StringComparer.OrdinalIgnoreCase);

    public WorkflowRegistry(IEnumerable<WorkflowRuntimeOptions> options)
    {
        foreach (var registrations in options)
            registrations.ApplyRegistrations(this);
    }

    public void RegisterWorkflow<TWorkflow>(string? name = null) where TWorkflow : class, IWorkflow
    {
        var create = ActivatorUtilities.CreateFactory<TWorkflow>([]);
        _workflows.TryAdd(name ?? typeof(TWorkflow).Name, services => create(services, null));
    }

    public void RegisterWorkflow<TInput, TOutput>(string name, Func<WorkflowContext, TInput, Task<TOutput>> implementation) =>
        _workflows.TryAdd(name, _ => new FunctionWorkflow<TInput, TOutput>(implementation));

    public void RegisterActivity<TActivity>(string? name = null) where TActivity : class, IWorkflowActivity
    {
        var create = ActivatorUtilities.CreateFactory<TActivity>([]);
        _activities.TryAdd(name ?? typeof(TActivity).Name, services => create(services, null));
    }

    public void RegisterActivity<TInput, TOutput>(string name, Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation) =>
        _activities.TryAdd(name, _ => new FunctionActivity<TInput, TOutput>(implementation));

    public bool TryCreateWorkflow(TaskIdentifier identifier, IServiceProvider serviceProvider, out IWorkflow? workflow, out Exception? activationException) =>
        TryCreate(_workflows, identifier.Name, serviceProvider, out workflow, out activationException);

    public bool TryCreateActivity(TaskIdentifier identifier, IServiceProvider serviceProvider, out IWorkflowActivity? activity, out Exception? activationException) =>
        TryCreate(_activities, identifier.Name, serviceProvider, out activity, out activationException);

    private static bool TryCreate<T>(
        ConcurrentDictionary<string, Func<IServiceProvider, T>> known, string name, IServiceProvider services, out T? created, out Exception? failure)
        where T : class
    {
        created = null;
        failure = null;
        if (!known.TryGetValue(name, out var create))
            return false;
        try
        {
            created = create(services);
            return true;
        }
#pragma warning disable CA1031 // Whatever a constructor throws is reported as the failure of the workflow or activity.
        catch (Exception thrown)
        {
            failure = thrown;
            return false;
        }
    }

    private sealed class FunctionWorkflow<TInput, TOutput>(Func<WorkflowContext, TInput, Task<TOutput>> implementation) : Workflow<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(WorkflowContext context, TInput input) => implementation(context, input);
    }

    private sealed class FunctionActivity<TInput, TOutput>(Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation) : WorkflowActivity<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(WorkflowActivityContext context, TInput input) => implementation(context, input);
    }
}
