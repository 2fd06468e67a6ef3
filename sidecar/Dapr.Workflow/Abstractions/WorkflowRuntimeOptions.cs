using Dapr.Workflow.Abstractions;
using Dapr.Workflow.Worker;
using Grpc.Net.Client;

namespace Dapr.Workflow;

/// <summary>The workflows and activities of an app, and how it talks to its sidecar about them.</summary>
public sealed class WorkflowRuntimeOptions
{
    private const string NoEffect = "Has no effect; the limits are the Dapr runtime's.";

    private readonly List<Action<IWorkflowsFactory>> _registrations = [];
    private int _maxConcurrentWorkflows = 100;
    private int _maxConcurrentActivities = 100;

    /// <summary>Channel options whose message size limits are used; null for the defaults.</summary>
    public GrpcChannelOptions? GrpcChannelOptions { get; private set; }

    /// <summary>Has no effect.</summary>
    [Obsolete(NoEffect)]
    public int MaxConcurrentWorkflows
    {
        get => _maxConcurrentWorkflows;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxConcurrentWorkflows = value;
        }
    }

    /// <summary>Has no effect.</summary>
    [Obsolete(NoEffect)]
    public int MaxConcurrentActivities
    {
        get => _maxConcurrentActivities;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxConcurrentActivities = value;
        }
    }

    /// <summary>Takes the message size limits of these channel options.</summary>
    public void UseGrpcChannelOptions(GrpcChannelOptions grpcChannelOptions)
    {
        ArgumentNullException.ThrowIfNull(grpcChannelOptions);
        GrpcChannelOptions = grpcChannelOptions;
    }

    /// <summary>Adds a workflow function.</summary>
    public void RegisterWorkflow<TInput, TOutput>(string name, Func<WorkflowContext, TInput, Task<TOutput>> implementation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(implementation);
        _registrations.Add(factory => factory.RegisterWorkflow(name, implementation));
    }

    /// <summary>Adds a workflow class; <paramref name="name"/> defaults to the class name.</summary>
    public void RegisterWorkflow<TWorkflow>(string? name = null) where TWorkflow : class, IWorkflow =>
        _registrations.Add(factory => factory.RegisterWorkflow<TWorkflow>(name));

    /// <summary>Adds an activity function.</summary>
    public void RegisterActivity<TInput, TOutput>(string name, Func<WorkflowActivityContext, TInput, Task<TOutput>> implementation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(implementation);
        _registrations.Add(factory => factory.RegisterActivity(name, implementation));
    }

    /// <summary>Adds an activity class; <paramref name="name"/> defaults to the class name.</summary>
    public void RegisterActivity<TActivity>(string? name = null) where TActivity : class, IWorkflowActivity =>
        _registrations.Add(factory => factory.RegisterActivity<TActivity>(name));

    /// <summary>Adds everything registered here to <paramref name="factory"/>.</summary>
    public void ApplyRegistrations(IWorkflowsFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        foreach (var register in _registrations)
            register(factory);
    }
}
