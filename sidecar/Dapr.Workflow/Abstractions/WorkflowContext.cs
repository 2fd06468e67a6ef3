using Microsoft.Extensions.Logging;

namespace Dapr.Workflow;

/// <summary>What a workflow does and knows. Every await in a workflow must be on a task this class gave out, or on a combination of such tasks.</summary>
public abstract class WorkflowContext : IWorkflowContext
{
    /// <summary>Name of the workflow.</summary>
    public abstract string Name { get; }

    /// <summary>Id of this instance.</summary>
    public abstract string InstanceId { get; }

    /// <inheritdoc />
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <inheritdoc />
    public abstract bool IsReplaying { get; }

    /// <inheritdoc />
    public abstract bool IsPatched(string patchName);

    /// <summary>Calls an activity that gives no result.</summary>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, on its last attempt if there is a retry policy.</exception>
    public virtual Task CallActivityAsync(string name, object? input = null, WorkflowTaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    /// <summary>Calls an activity.</summary>
    /// <exception cref="WorkflowTaskFailedException">The activity failed, on its last attempt if there is a retry policy.</exception>
    public abstract Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null);

    /// <summary>A durable timer that ends after <paramref name="delay"/>.</summary>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken = default) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>A durable timer that ends at <paramref name="fireAt"/> (UTC).</summary>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Waits for an event raised for this instance. Names are compared without case; an event that came early is kept.</summary>
    public abstract Task<T> WaitForExternalEventAsync<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>Waits for an event, at most <paramref name="timeout"/>; a negative timeout waits for ever.</summary>
    /// <exception cref="TaskCanceledException">The event did not come in time.</exception>
    public virtual async Task<T> WaitForExternalEventAsync<T>(string eventName, TimeSpan timeout)
    {
        using var timerStop = new CancellationTokenSource();
        using var eventStop = new CancellationTokenSource();
        var timer = CreateTimer(timeout, timerStop.Token);
        var raised = WaitForExternalEventAsync<T>(eventName, eventStop.Token);
        // Not CancelAsync: a workflow may wait for nothing but what the engine brings.
        if (await Task.WhenAny(timer, raised) == raised)
            timerStop.Cancel();
        else
            eventStop.Cancel();
        return await raised;
    }

    /// <summary>Raises an event for another instance.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Sets the status that clients see; it must be serializable.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Runs another workflow as a child.</summary>
    /// <exception cref="WorkflowTaskFailedException">The child did not complete, on its last attempt if there is a retry policy.</exception>
    public abstract Task<TResult> CallChildWorkflowAsync<TResult>(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null);

    /// <summary>Runs another workflow as a child, without a result.</summary>
    /// <exception cref="WorkflowTaskFailedException">The child did not complete, on its last attempt if there is a retry policy.</exception>
    public virtual Task CallChildWorkflowAsync(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null) =>
        CallChildWorkflowAsync<object>(workflowName, input, options);

    /// <summary>A logger that is silent during replay.</summary>
    public abstract ILogger CreateReplaySafeLogger(string categoryName);

    /// <summary>A logger that is silent during replay.</summary>
    public abstract ILogger CreateReplaySafeLogger(Type type);

    /// <summary>A logger that is silent during replay.</summary>
    public abstract ILogger CreateReplaySafeLogger<T>();

    /// <summary>Ends this execution and starts the workflow again with an empty history.</summary>
    /// <param name="preserveUnprocessedEvents">True: events nobody has waited for yet go over to the new execution.</param>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>A GUID that is the same in every replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>The history the caller handed down; null when there is none.</summary>
    public abstract PropagatedHistory? GetPropagatedHistory();
}
