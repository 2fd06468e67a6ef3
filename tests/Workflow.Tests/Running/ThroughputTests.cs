using System.Diagnostics;
using Xunit;

namespace Argosy.Workflow.Tests.Running;

/// <summary>Many workflows at once.</summary>
public sealed class ThroughputTests(ITestOutputHelper output)
{
    [Fact]
    public async Task ManyWorkflows_RunAtOnce_EveryStepRunsExactlyOnce()
    {
        await using var world = new WorkflowWorld();
        await world.StartAsync();
        await world.Client.ScheduleNewWorkflowAsync("FanOutWorkflow", "warm-up", "x");
        await world.EndAsync("warm-up");

        var clock = Stopwatch.StartNew();
        var ids = Enumerable.Range(0, 300).Select(number => $"fan-{number}").ToList();
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (id, _) =>
        {
            await world.Client.ScheduleNewWorkflowAsync("FanOutWorkflow", id, "x");
            var state = await world.EndAsync(id);
            Assert.Equal(3, state.ReadOutputAs<int>());
        });
        output.WriteLine($"{900 / clock.Elapsed.TotalSeconds:0} activities/s, {300 / clock.Elapsed.TotalSeconds:0} workflows/s");

        var steps = world.Steps().Where(line => line.StartsWith("fan-", StringComparison.Ordinal)).ToList();
        Assert.Equal(900, steps.Count);
        Assert.Equal(900, steps.Distinct().Count());
    }
}
