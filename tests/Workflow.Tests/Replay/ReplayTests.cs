using Dapr.DurableTask.Protobuf;
using Dapr.Workflow;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace Argosy.Workflow.Tests.Replay;

/// <summary>What the SDK answers to turns, seen from the wire.</summary>
public sealed class ReplayTests
{
    private static readonly Timestamp Never = new() { Seconds = 253402300799, Nanos = 999999999 };

    [Fact]
    public async Task FirstTurn_SchedulesWhatTheCodeAwaits()
    {
        await using var sidecar = await RunAsync<string, string>(async (context, input) =>
            await context.CallActivityAsync<string>("A", new { input }) + await context.CallActivityAsync<string>("B"));

        var response = await sidecar.RunTurnAsync(HistoryBuilder.Started("W", "\"in\""));

        var action = Assert.Single(response.Actions);
        Assert.Equal((0, "A", """{"input":"in"}"""), (action.Id, action.ScheduleTask.Name, action.ScheduleTask.Input));
        Assert.Equal(32, action.ScheduleTask.TaskExecutionId.Length);
    }

    [Fact]
    public async Task LastTurn_CompletesWithTheResult()
    {
        await using var sidecar = await RunAsync<string, string>(async (context, input) =>
            await context.CallActivityAsync<string>("A") + await context.CallActivityAsync<string>("B"));
        var history = HistoryBuilder.Started("W");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn().Completed(0, "\"x\"");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn().Completed(1, "\"y\"");

        var end = Assert.Single((await sidecar.RunTurnAsync(history)).Actions).CompleteWorkflow;

        Assert.Equal((OrchestrationStatus.Completed, "\"xy\""), (end.WorkflowStatus, end.Result));
    }

    [Fact]
    public async Task Replay_OfTheSameHistory_AsksForTheSame()
    {
        await using var sidecar = await RunAsync<string, string>(async (context, _) =>
        {
            var id = context.NewGuid();
            await context.CallActivityAsync("A", id);
            await Task.WhenAll(context.CallActivityAsync("B", context.NewGuid()), context.CallChildWorkflowAsync("C"), context.CreateTimer(TimeSpan.FromMinutes(1)));
            return id.ToString();
        });
        var history = HistoryBuilder.Started("W");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn().Completed(0, "");

        var first = await sidecar.RunTurnAsync(history);
        var second = await sidecar.RunTurnAsync(history);

        Assert.Equal([1, 2, 3], first.Actions.Select(action => action.Id));
        Assert.Equal(first.Actions.Select(action => action.ToByteString()), second.Actions.Select(action => action.ToByteString()));
        Assert.Equal(HistoryBuilder.Noon.AddSeconds(1).AddMinutes(1), first.Actions[2].CreateTimer.FireAt.ToDateTime());
    }

    [Fact]
    public async Task ParallelActivities_AnsweredOutOfOrder_KeepTheirPlaces()
    {
        await using var sidecar = await RunAsync<string, string[]>((context, _) =>
            Task.WhenAll(Enumerable.Range(0, 3).Select(number => context.CallActivityAsync<string>("A", number))));
        var history = HistoryBuilder.Started("W");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn().Completed(2, "\"c\"").Completed(0, "\"a\"").Turn().Completed(1, "\"b\"");

        var end = Assert.Single((await sidecar.RunTurnAsync(history)).Actions).CompleteWorkflow;

        Assert.Equal("""["a","b","c"]""", end.Result);
    }

    [Fact]
    public async Task Code_KnowsWhetherItReplays_AndWhatTimeItIs()
    {
        await using var sidecar = await RunAsync<string, string>(async (context, _) =>
        {
            var seen = $"{context.IsReplaying} {context.CurrentUtcDateTime:HH:mm:ss}";
            await context.CallActivityAsync("A");
            return $"{seen}, {context.IsReplaying} {context.CurrentUtcDateTime:HH:mm:ss}";
        });
        var history = HistoryBuilder.Started("W");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn(5).Completed(0, "");

        Assert.Equal("\"True 12:00:00, False 12:00:05\"", (await sidecar.RunTurnAsync(history)).Actions[0].CompleteWorkflow.Result);
    }

    [Fact]
    public async Task CaughtFailure_ShowsWhatTheActivityReported()
    {
        await using var sidecar = await RunAsync<string, string>(async (context, _) =>
        {
            try
            {
                return await context.CallActivityAsync<string>("A");
            }
            catch (WorkflowTaskFailedException failure) when (failure.FailureDetails.IsCausedBy<TimeoutException>())
            {
                return failure.FailureDetails.ErrorMessage;
            }
        });
        var history = HistoryBuilder.Started("W");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn().Failed(0, "slow");

        Assert.Equal("\"slow\"", (await sidecar.RunTurnAsync(history)).Actions[0].CompleteWorkflow.Result);
    }

    [Fact]
    public async Task Event_NamedInAnotherCase_AndEarly_IsTaken()
    {
        await using var sidecar = await RunAsync<string, string>(async (context, _) =>
        {
            await context.CallActivityAsync("A");
            return await context.WaitForExternalEventAsync<string>("Approval");
        });
        var history = HistoryBuilder.Started("W");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn().Raised("APPROVAL", "\"yes\"").Turn().Completed(0, "");

        Assert.Equal("\"yes\"", (await sidecar.RunTurnAsync(history)).Actions[0].CompleteWorkflow.Result);
    }

    [Fact]
    public async Task EventWithTimeout_SetsATimer_AndTheFirstOfBothDecides()
    {
        await using var sidecar = await RunAsync<string, string>(async (context, _) =>
        {
            try
            {
                return await context.WaitForExternalEventAsync<string>("answer", TimeSpan.FromMinutes(5));
            }
            catch (TaskCanceledException)
            {
                return "late";
            }
        });
        var asked = HistoryBuilder.Started("W");
        var response = await sidecar.RunTurnAsync(asked);
        Assert.Equal(HistoryBuilder.Noon.AddMinutes(5), Assert.Single(response.Actions).CreateTimer.FireAt.ToDateTime());
        Assert.Equal("answer", response.Actions[0].CreateTimer.ExternalEvent.Name);
        asked.Taken(response).Turn().Raised("answer", "\"now\"");
        Assert.Equal("\"now\"", (await sidecar.RunTurnAsync(asked)).Actions[0].CompleteWorkflow.Result);

        var late = HistoryBuilder.Started("W");
        late.Taken(response).Turn(300).Fired(0);
        Assert.Equal("\"late\"", (await sidecar.RunTurnAsync(late)).Actions[0].CompleteWorkflow.Result);
    }

    [Fact]
    public async Task EventWithoutEnd_MarksItsTimerAsNever()
    {
        await using var sidecar = await RunAsync<string, string>((context, _) => context.WaitForExternalEventAsync<string>("answer", Timeout.InfiniteTimeSpan));

        Assert.Equal(Never, Assert.Single((await sidecar.RunTurnAsync(HistoryBuilder.Started("W"))).Actions).CreateTimer.FireAt);
    }

    [Fact]
    public async Task Child_WithoutId_GetsAStableOne_AndGivesItsResult()
    {
        await using var sidecar = await RunAsync<string, int>((context, _) => context.CallChildWorkflowAsync<int>("C", 1));
        var history = HistoryBuilder.Started("W");
        var response = await sidecar.RunTurnAsync(history);
        Assert.True(Guid.TryParse(response.Actions[0].CreateChildWorkflow.InstanceId, out _));
        history.Taken(response).Turn().ChildCompleted(0, "42");

        Assert.Equal("42", (await sidecar.RunTurnAsync(history)).Actions[0].CompleteWorkflow.Result);
    }

    [Fact]
    public async Task ContinueAsNew_CarriesUnreadEventsOver()
    {
        await using var sidecar = await RunAsync<int, int>(async (context, input) =>
        {
            await context.WaitForExternalEventAsync<string>("tick");
            context.ContinueAsNew(input + 1);
            return 0;
        });
        var history = HistoryBuilder.Started("W", "1");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn().Raised("tick", "\"a\"").Raised("tick", "\"b\"");

        var end = Assert.Single((await sidecar.RunTurnAsync(history)).Actions).CompleteWorkflow;

        Assert.Equal((OrchestrationStatus.ContinuedAsNew, "2"), (end.WorkflowStatus, end.Result));
        Assert.Equal("\"b\"", Assert.Single(end.CarryoverEvents).EventRaised.Input);
    }

    [Fact]
    public async Task SuspendedInstance_AsksForNothing_UntilResumed()
    {
        await using var sidecar = await RunAsync<string, string>(async (context, _) =>
            await context.CallActivityAsync<string>("A") + await context.CallActivityAsync<string>("B"));
        var history = HistoryBuilder.Started("W");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn().Suspended();
        Assert.Empty((await sidecar.RunTurnAsync(history)).Actions);
        history.Turn().Completed(0, "\"x\"");
        Assert.Empty((await sidecar.RunTurnAsync(history)).Actions);

        history.Turn().Resumed();
        Assert.Equal("B", Assert.Single((await sidecar.RunTurnAsync(history)).Actions).ScheduleTask.Name);
    }

    [Fact]
    public async Task TerminatedInstance_EndsAsTerminated()
    {
        await using var sidecar = await RunAsync<string, string>((context, _) => context.CallActivityAsync<string>("A"));
        var history = HistoryBuilder.Started("W");
        history.Taken(await sidecar.RunTurnAsync(history)).Turn().Terminated();

        Assert.Equal(OrchestrationStatus.Terminated, Assert.Single((await sidecar.RunTurnAsync(history)).Actions).CompleteWorkflow.WorkflowStatus);
    }

    [Fact]
    public async Task ChangedCode_UnderARunningInstance_FailsWithTheReason()
    {
        await using var sidecar = await RunAsync<string, string>((context, _) => context.CallActivityAsync<string>("New"));
        var history = HistoryBuilder.Started("W");
        history.Taken(new WorkflowResponse { Actions = { new WorkflowAction { ScheduleTask = new ScheduleTaskAction { Name = "Old" } } } }).Turn().Completed(0, "");

        var end = Assert.Single((await sidecar.RunTurnAsync(history)).Actions).CompleteWorkflow;

        Assert.Equal(OrchestrationStatus.Failed, end.WorkflowStatus);
        Assert.Contains("activity 'Old'", end.FailureDetails.ErrorMessage);
        Assert.Contains("activity 'New'", end.FailureDetails.ErrorMessage);
    }

    [Fact]
    public async Task Patch_IsTakenByNewExecutionsOnly_AndNotedInTheHistory()
    {
        await using var sidecar = await RunAsync<string, string>(async (context, _) =>
        {
            await context.CallActivityAsync(context.IsPatched("fast") ? "Fast" : "Slow");
            await context.CallActivityAsync("Last");
            return "done";
        });
        var fresh = HistoryBuilder.Started("W");
        var response = await sidecar.RunTurnAsync(fresh);
        Assert.Equal("Fast", Assert.Single(response.Actions).ScheduleTask.Name);
        Assert.Equal(["fast"], response.Version.Patches);
        fresh.Taken(response).Turn().Completed(0, "");
        Assert.Equal("Last", Assert.Single((await sidecar.RunTurnAsync(fresh)).Actions).ScheduleTask.Name);

        var old = HistoryBuilder.Started("W");
        old.Taken(new WorkflowResponse { Actions = { new WorkflowAction { ScheduleTask = new ScheduleTaskAction { Name = "Slow" } } } }).Turn().Completed(0, "");
        Assert.Equal("Last", Assert.Single((await sidecar.RunTurnAsync(old)).Actions).ScheduleTask.Name);
    }

    [Fact]
    public async Task Failure_AfterASentEvent_KeepsTheEventAndTheStatus()
    {
        await using var sidecar = await RunAsync<string, string>((context, _) =>
        {
            context.SetCustomStatus("almost");
            context.SendEvent("other", "hello", 1);
            throw new InvalidOperationException("no");
        });

        var response = await sidecar.RunTurnAsync(HistoryBuilder.Started("W"));

        Assert.Equal("\"almost\"", response.CustomStatus);
        Assert.Equal(("other", "hello", "1"), (response.Actions[0].SendEvent.Instance.InstanceId, response.Actions[0].SendEvent.Name, response.Actions[0].SendEvent.Data));
        Assert.Equal(typeof(InvalidOperationException).FullName, response.Actions[1].CompleteWorkflow.FailureDetails.ErrorType);
    }

    [Fact]
    public async Task UnknownWorkflow_Fails()
    {
        await using var sidecar = await RunAsync<string, string>((_, _) => Task.FromResult(""));

        var end = Assert.Single((await sidecar.RunTurnAsync(HistoryBuilder.Started("Nobody"))).Actions).CompleteWorkflow;

        Assert.Equal((OrchestrationStatus.Failed, "WorkflowNotFound"), (end.WorkflowStatus, end.FailureDetails.ErrorType));
    }

    [Fact]
    public async Task ParallelHelper_HoldsToItsLimit_AndKeepsTheOrder()
    {
        await using var sidecar = await RunAsync<string, string[]>((context, _) =>
            context.ProcessInParallelAsync([1, 2, 3], number => context.CallActivityAsync<string>("A", number), maxConcurrency: 2));
        var history = HistoryBuilder.Started("W");
        var first = await sidecar.RunTurnAsync(history);
        Assert.Equal(["1", "2"], first.Actions.Select(action => action.ScheduleTask.Input));
        history.Taken(first).Turn().Completed(1, "\"b\"");
        var second = await sidecar.RunTurnAsync(history);
        Assert.Equal("3", Assert.Single(second.Actions).ScheduleTask.Input);
        history.Taken(second).Turn().Completed(2, "\"c\"").Completed(0, "\"a\"");

        Assert.Equal("""["a","b","c"]""", Assert.Single((await sidecar.RunTurnAsync(history)).Actions).CompleteWorkflow.Result);
    }

    private static Task<WireSidecar> RunAsync<TInput, TOutput>(Func<WorkflowContext, TInput, Task<TOutput>> workflow) =>
        WireSidecar.StartAsync(options => options.RegisterWorkflow("W", workflow));
}
