using Argosy.Testing;
using Dapr.Workflow;
using Xunit;

namespace Argosy.Workflow.Tests.Running;

/// <summary>Workers that come and go.</summary>
public sealed class WorkerLossTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task KilledWorker_AnotherIsConnected_TakesOver()
    {
        await using var world = new WorkflowWorld();
        await world.StartAsync();
        using var second = world.NewWorker();
        second.Start();
        var ids = Enumerable.Range(0, 8).Select(number => $"chain-{number}").ToList();
        foreach (var id in ids)
            await world.Client.ScheduleNewWorkflowAsync("ChainWorkflow", id, "a");
        await Eventually.HoldsAsync("every second step runs", () => ids.All(id => world.Ran(id, "a2") == 1), Deadline);

        world.Worker.Kill();
        foreach (var id in ids)
            world.OpenGate(id);

        foreach (var id in ids)
            Assert.Equal("A1 A2 A3", (await world.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task StoppedWorker_FinishesWhatItHas()
    {
        await using var world = new WorkflowWorld();
        await world.StartAsync();
        await world.Client.ScheduleNewWorkflowAsync("ChainWorkflow", "chain", "a");
        await Eventually.HoldsAsync("the second step runs", () => world.Ran("chain", "a2") == 1, Deadline);

        var stopping = world.Worker.StopAsync();
        world.OpenGate("chain");
        await stopping.WaitAsync(Deadline);
        world.Worker.Start();

        Assert.Equal("A1 A2 A3", (await world.EndAsync("chain")).ReadOutputAs<string>());
        Assert.Equal(1, world.Ran("chain", "a2"));
    }

    [Fact]
    public async Task StoppedSidecar_EndsInTime_AndGoesOnAfterwards()
    {
        await using var world = new WorkflowWorld();
        await world.StartAsync();
        await world.Client.ScheduleNewWorkflowAsync("EventWorkflow", "event", "x");
        var waiting = world.Client.WaitForWorkflowCompletionAsync("event");

        await world.Sidecar.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, world.Sidecar.ExitCode);
        await world.Sidecar.StartAsync();
        await world.Client.RaiseEventAsync("event", "go", "a");
        await world.Client.RaiseEventAsync("event", "early", "b");

        Assert.Equal("a b", (await waiting.WaitAsync(Deadline)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task NoWorker_Start_IsKeptUntilOneConnects()
    {
        await using var world = new WorkflowWorld();
        await world.Sidecar.StartAsync();
        var starting = world.Client.ScheduleNewWorkflowAsync("FanOutWorkflow", "fan", "x");
        await Eventually.HoldsAsync("the start is accepted", async () => (await world.Client.GetWorkflowStateAsync("fan")).RuntimeStatus == WorkflowRuntimeStatus.Pending, Deadline);
        Assert.False(starting.IsCompleted);

        world.Worker.Start();

        Assert.Equal("fan", await starting.WaitAsync(Deadline));
        Assert.Equal(3, (await world.EndAsync("fan")).ReadOutputAs<int>());
    }
}
