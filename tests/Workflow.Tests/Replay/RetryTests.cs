using Dapr.DurableTask.Protobuf;
using Dapr.Workflow;
using Xunit;

namespace Argosy.Workflow.Tests.Replay;

/// <summary>Retry policies: their limits, and how the SDK follows them.</summary>
public sealed class RetryTests
{
    [Theory]
    [InlineData(0, 1, 1, null, null)]
    [InlineData(1, 0, 1, null, null)]
    [InlineData(1, 1, 0.5, null, null)]
    [InlineData(1, 10, 1, 5, null)]
    [InlineData(1, 10, 1, null, 5)]
    public void Policy_ValueOutOfRange_IsRefused(int attempts, int firstSeconds, double backoff, int? maxSeconds, int? timeoutSeconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkflowRetryPolicy(attempts, TimeSpan.FromSeconds(firstSeconds), backoff, Seconds(maxSeconds), Seconds(timeoutSeconds)));

    [Fact]
    public void Policy_Defaults_AreThoseOfTheOfficialPackage()
    {
        var policy = new WorkflowRetryPolicy(2, TimeSpan.FromSeconds(3));

        Assert.Equal((2, TimeSpan.FromSeconds(3), 1.0, (TimeSpan?)null, Timeout.InfiniteTimeSpan),
            (policy.MaxNumberOfAttempts, policy.FirstRetryInterval, policy.BackoffCoefficient, policy.MaxRetryInterval, policy.RetryTimeout));
    }

    [Fact]
    public async Task FailedActivity_WithRetryPolicy_PausesOnADurableTimer()
    {
        var policy = new WorkflowRetryPolicy(3, TimeSpan.FromSeconds(10), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromSeconds(15));
        await using var sidecar = await RunAsync(policy);
        var history = HistoryBuilder.Started("W");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn().Failed(0, "no");

        var pause = await sidecar.RunTurnAsync(history);
        Assert.Equal(HistoryBuilder.Noon.AddSeconds(11), Assert.Single(pause.Actions).CreateTimer.FireAt.ToDateTime());
        Assert.Equal(CreateTimerAction.OriginOneofCase.ActivityRetry, pause.Actions[0].CreateTimer.OriginCase);

        history.Taken(pause).Turn(10).Fired(1);
        var again = await sidecar.RunTurnAsync(history);
        Assert.Equal((2, "A"), (Assert.Single(again.Actions).Id, again.Actions[0].ScheduleTask.Name));

        history.Taken(again).Turn().Failed(2, "no again");
        var longPause = await sidecar.RunTurnAsync(history);
        Assert.Equal(HistoryBuilder.Noon.AddSeconds(12 + 15), Assert.Single(longPause.Actions).CreateTimer.FireAt.ToDateTime());

        history.Taken(longPause).Turn(15).Fired(3);
        history.Taken(await sidecar.RunTurnAsync(history)).Turn().Failed(4, "never");
        var end = Assert.Single((await sidecar.RunTurnAsync(history)).Actions).CompleteWorkflow;
        Assert.Equal(OrchestrationStatus.Failed, end.WorkflowStatus);
        Assert.Equal(typeof(WorkflowTaskFailedException).FullName, end.FailureDetails.ErrorType);
        Assert.Contains("never", end.FailureDetails.ErrorMessage);
    }

    [Fact]
    public async Task FailedActivity_RetryTimeoutOver_IsNotTriedAgain()
    {
        var policy = new WorkflowRetryPolicy(10, TimeSpan.FromSeconds(1), retryTimeout: TimeSpan.FromSeconds(30));
        await using var sidecar = await RunAsync(policy);
        var history = HistoryBuilder.Started("W");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn(31).Failed(0, "late");

        Assert.Equal(OrchestrationStatus.Failed, Assert.Single((await sidecar.RunTurnAsync(history)).Actions).CompleteWorkflow.WorkflowStatus);
    }

    private static Task<WireSidecar> RunAsync(WorkflowRetryPolicy policy) => WireSidecar.StartAsync(options =>
        options.RegisterWorkflow<string, string>("W", (context, _) => context.CallActivityAsync<string>("A", "x", new WorkflowTaskOptions(policy))));

    private static TimeSpan? Seconds(int? seconds) => seconds is { } value ? TimeSpan.FromSeconds(value) : null;
}
