using Argosy.Testing;
using Dapr.Workflow;
using Xunit;

namespace Argosy.Workflow.Tests.Running;

/// <summary>Every operation brought to its middle, then the interruption; the tests take each to its end.</summary>
public abstract class OperationWorld(Interruption interruption) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    internal WorkflowWorld World { get; } = new();

    internal Interruption Interruption => interruption;

    internal DaprWorkflowClient Client => World.Client;

    public async ValueTask InitializeAsync()
    {
        await World.StartAsync();
        await Task.WhenAll(
            AtGateAsync("chain"), RunChainAsync("rerun"), FailOnceAsync(), Start("TimerWorkflow", "timer", 3.0), RaiseEarlyAsync("event", "bird"),
            Start("EventTimeoutWorkflow", "timeout", 3.0), Start("EventTimeoutWorkflow", "in-time", 600.0),
            StartParentAsync("parent", "EventWorkflow"), StartParentAsync("doomed", "EventWorkflow"), StartParentAsync("unlucky", "FailingWorkflow"),
            CountTwoAsync(), TerminateAsync("terminated"), SuspendAsync(), RunAsync("FanOutWorkflow", "purge"), RunAsync("FanOutWorkflow", "history"),
            RunAsync("FanOutWorkflow", "restart"), Start("StatusWorkflow", "status", "x"), Start("EventWorkflow", "active", "x"), Start("EventWorkflow", "receiver", "x"),
            Client.ScheduleNewWorkflowAsync("FanOutWorkflow", "far", "x", DateTimeOffset.UtcNow.AddHours(1)),
            Client.ScheduleNewWorkflowAsync("FanOutWorkflow", "soon", "x", DateTimeOffset.UtcNow.AddSeconds(3)));
        await World.InterruptAsync(interruption);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return World.DisposeAsync();
    }

    private Task<string> Start<T>(string workflow, string id, T input) => Client.ScheduleNewWorkflowAsync(workflow, id, input);

    private async Task RunAsync(string workflow, string id)
    {
        await Start(workflow, id, "x");
        await World.EndAsync(id);
    }

    private async Task AtGateAsync(string id)
    {
        await Start("ChainWorkflow", id, "a");
        await Eventually.HoldsAsync($"the second step of {id} runs", () => World.Ran(id, "a2") > 0, Deadline);
    }

    private async Task RunChainAsync(string id)
    {
        await AtGateAsync(id);
        World.OpenGate(id);
        await World.EndAsync(id);
    }

    private async Task FailOnceAsync()
    {
        await Start("FlakyWorkflow", "flaky", 3);
        await Eventually.HoldsAsync("the activity has failed once", () => World.Ran("flaky", "try") > 0, Deadline);
    }

    private async Task RaiseEarlyAsync(string id, string payload)
    {
        await Start("EventWorkflow", id, "x");
        await Client.RaiseEventAsync(id, "early", payload);
    }

    private async Task StartParentAsync(string id, string child)
    {
        await Start("ParentWorkflow", id, child);
        await Eventually.HoldsAsync($"the child of {id} runs", async () => (await Client.GetWorkflowStateAsync(id + "-child")).Exists, Deadline);
    }

    private async Task CountTwoAsync()
    {
        await Start("CountingWorkflow", "counting", 0);
        await Client.RaiseEventAsync("counting", "tick", "1");
        await Client.RaiseEventAsync("counting", "tick", "2");
        await Eventually.HoldsAsync("two ticks are counted", async () => (await Client.GetWorkflowStateAsync("counting")).ReadInputAs<int>() == 2, Deadline);
    }

    private async Task TerminateAsync(string id)
    {
        await Start("EventWorkflow", id, "x");
        await Client.TerminateWorkflowAsync(id, "enough");
    }

    private async Task SuspendAsync()
    {
        await Start("EventWorkflow", "suspended", "x");
        await Client.SuspendWorkflowAsync("suspended", "lunch");
    }
}

/// <inheritdoc />
public sealed class UninterruptedWorld() : OperationWorld(Interruption.None);

/// <inheritdoc />
public sealed class KilledWorkerWorld() : OperationWorld(Interruption.WorkerKilled);

/// <inheritdoc />
public sealed class KilledSidecarWorld() : OperationWorld(Interruption.SidecarKilled);
