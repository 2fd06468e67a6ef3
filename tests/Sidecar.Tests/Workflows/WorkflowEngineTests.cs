using Argosy.Sidecar.Errors;
using Argosy.Testing;
using Dapr.DurableTask.Protobuf;
using Grpc.Core;
using Xunit;

namespace Argosy.Sidecar.Tests.Workflows;

/// <summary>The engine without network: what it stores, hands out, and finds again.</summary>
public sealed class WorkflowEngineTests : IDisposable
{
    private readonly CountingStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Turns_OfAWorkflowWithThreeActivities_AreOneTransactionEach_OfTwoWrites()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(engine.Engine);
        var starting = engine.BeginAsync("one");
        await worker.RunTurnAsync(Ask.Activity(0));
        await starting;
        for (var id = 0; id < 3; id++)
        {
            var answering = worker.AnswerAsync(await worker.ActivityAsync(), "1");
            await worker.RunTurnAsync(id < 2 ? Ask.Activity(id + 1) : Ask.End(3));
            await answering;
        }

        Assert.Equal(4, _store.Transactions.Count);
        // First: history, record, and the index of active instances; then history and record; last also the move to the ended.
        Assert.Equal([3, 2, 2, 4], _store.Transactions.Select(operations => operations.Count));
        Assert.Equal(OrchestrationStatus.Completed, await engine.StatusAsync("one"));
    }

    [Fact]
    public async Task ActivityAnswer_WhileATurnHangs_IsStoredByItself()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("one");
        await worker.RunTurnAsync(Ask.Activity(0), Ask.Activity(1));
        _ = worker.AnswerAsync(await worker.ActivityAsync(), "a");
        var hanging = await worker.TurnAsync();
        await worker.AnswerAsync(await worker.ActivityAsync(), "b");

        Assert.NotEmpty(await _store.KeysAsync(".inbox||one||"));
        await worker.AnswerAsync(hanging);
        var next = await worker.TurnAsync();
        Assert.Equal("b", Assert.Single(next.WorkflowRequest.NewEvents, entry => entry.TaskCompleted is not null).TaskCompleted.Result);
        await worker.AnswerAsync(next, Ask.End(2));
        Assert.Empty(await _store.KeysAsync(".inbox||"));
    }

    [Fact]
    public async Task Events_WhileATurnRuns_WaitForTheNext()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("one");
        var first = await worker.TurnAsync();
        await engine.Operations.RaiseEventAsync("one", "go", "1", CancellationToken.None);
        await engine.Operations.RaiseEventAsync("one", "go", "2", CancellationToken.None);
        Assert.False(worker.HasTurn);
        await worker.AnswerAsync(first);

        var second = await worker.TurnAsync();

        Assert.Equal(first.WorkflowRequest.NewEvents, second.WorkflowRequest.PastEvents);
        Assert.Equal(["1", "2"], second.WorkflowRequest.NewEvents.Where(entry => entry.EventRaised is not null).Select(entry => entry.EventRaised.Input));
    }

    [Fact]
    public async Task AnswerToALostStream_IsThrownAway_AndTheWorkGoesToAnother()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        var lost = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("one");
        var first = await lost.TurnAsync();
        await lost.DisposeAsync();
        await using var worker = new FakeWorker(engine.Engine);
        var second = await worker.TurnAsync();
        Assert.NotEqual(first.CompletionToken, second.CompletionToken);

        await worker.AnswerAsync(first, Ask.End(0, OrchestrationStatus.Failed));
        Assert.Equal(OrchestrationStatus.Pending, await engine.StatusAsync("one"));
        await worker.AnswerAsync(second, Ask.End(0));

        Assert.Equal(OrchestrationStatus.Completed, await engine.StatusAsync("one"));
    }

    [Fact]
    public async Task AnswerWithoutAToken_IsAccepted()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("one");
        var turn = await worker.TurnAsync();
        turn.CompletionToken = "";

        await worker.AnswerAsync(turn, Ask.End(0));

        Assert.Equal(OrchestrationStatus.Completed, await engine.StatusAsync("one"));
    }

    [Fact]
    public async Task SecondAnswer_ToTheSameActivity_IsIgnored()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("one");
        await worker.RunTurnAsync(Ask.Activity(0));
        var activity = await worker.ActivityAsync();
        _ = worker.AnswerAsync(activity, "first");
        await worker.AnswerAsync(activity, "second");
        await worker.RunTurnAsync();

        var history = await engine.Operations.GetHistoryAsync("one", CancellationToken.None);

        Assert.Equal("first", Assert.Single(history, entry => entry.TaskCompleted is not null).TaskCompleted.Result);
        Assert.False(worker.HasTurn);
    }

    [Fact]
    public async Task History_EachEntry_NamesWhatItIsAbout()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("one");
        var timer = Ask.Timer(1, DateTimeOffset.UtcNow.AddHours(1));
        timer.CreateTimer.Name = "patience";
        var wait = Ask.Timer(2, DateTimeOffset.UtcNow.AddHours(1));
        wait.CreateTimer.ExternalEvent = new TimerOriginExternalEvent { Name = "paid" };
        await worker.RunTurnAsync(Ask.Activity(0, "Reserve"), timer, wait, Ask.Child(3, "child"),
            new WorkflowAction { Id = 4, SendEvent = new SendEventAction { Instance = new WorkflowInstance { InstanceId = "other" }, Name = "hello" } });
        await engine.Operations.RaiseEventAsync("one", "paid", "1", CancellationToken.None);
        await worker.AnswerAsync(await worker.ActivityAsync(), "done");

        IReadOnlyList<HistoryEvent> history = [];
        await Eventually.HoldsAsync("all of it is in the history", async () =>
        {
            if (worker.HasTurn)
                await worker.RunTurnAsync();
            history = [.. await engine.Operations.GetHistoryAsync("one", CancellationToken.None)];
            return history.Any(entry => entry.EventRaised is not null) && history.Any(entry => entry.TaskCompleted is not null);
        });

        Assert.Equal("W", history.Single(entry => entry.ExecutionStarted is not null).ExecutionStarted.Name);
        Assert.Equal((0, "Reserve"), history.Where(entry => entry.TaskScheduled is not null).Select(entry => (entry.EventId, entry.TaskScheduled.Name)).Single());
        Assert.Equal(0, history.Single(entry => entry.TaskCompleted is not null).TaskCompleted.TaskScheduledId);
        Assert.Equal([("patience", null), ("", "paid")], history.Where(entry => entry.TimerCreated is not null).Select(entry => (entry.TimerCreated.Name, entry.TimerCreated.ExternalEvent?.Name)));
        Assert.Equal("paid", history.Single(entry => entry.EventRaised is not null).EventRaised.Name);
        Assert.Equal(("child", "C"), history.Where(entry => entry.ChildWorkflowInstanceCreated is not null).Select(entry => (entry.ChildWorkflowInstanceCreated.InstanceId, entry.ChildWorkflowInstanceCreated.Name)).Single());
        Assert.Equal(("other", "hello"), history.Where(entry => entry.EventSent is not null).Select(entry => (entry.EventSent.InstanceId, entry.EventSent.Name)).Single());
    }

    [Fact]
    public async Task FailedSave_RunsTheTurnAgain()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("one");
        var first = await worker.TurnAsync();
        _store.FailNext(1);
        await worker.AnswerAsync(first, Ask.End(0));

        var second = await worker.RunTurnAsync(Ask.End(0));

        Assert.Contains(second.WorkflowRequest.NewEvents, entry => entry.ExecutionStarted is not null);
        Assert.Equal(OrchestrationStatus.Completed, await engine.StatusAsync("one"));
    }

    [Fact]
    public async Task Terminate_WorkerHangs_EndsTheInstance()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("one");
        var hanging = await worker.TurnAsync();

        await engine.Operations.TerminateAsync("one", "enough", recursive: true, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(OrchestrationStatus.Terminated, await engine.StatusAsync("one"));
        await worker.AnswerAsync(hanging, Ask.End(0));
        Assert.Equal(OrchestrationStatus.Terminated, await engine.StatusAsync("one"));
    }

    [Fact]
    public async Task ContinueAsNew_LeavesNothingOfTheOldExecution()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("one");
        var first = await worker.RunTurnAsync(Ask.Timer(0, DateTimeOffset.UtcNow.AddDays(1)));
        _ = engine.Operations.RaiseEventAsync("one", "go", null, CancellationToken.None);
        await worker.RunTurnAsync(Ask.End(1, OrchestrationStatus.ContinuedAsNew, "2"));

        var next = await worker.TurnAsync();

        Assert.Empty(next.WorkflowRequest.PastEvents);
        Assert.NotEqual(first.WorkflowRequest.ExecutionId, next.WorkflowRequest.ExecutionId);
        Assert.Equal("2", Assert.Single(next.WorkflowRequest.NewEvents, entry => entry.ExecutionStarted is not null).ExecutionStarted.Input);
        Assert.Empty(await _store.KeysAsync("||history-"));
        Assert.Empty((await engine.Operations.GetAsync("one", CancellationToken.None)).Record!.Timers);
    }

    [Fact]
    public async Task Child_WithTheIdOfAnActiveInstance_FailsForItsParent()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("taken");
        await worker.RunTurnAsync();
        _ = engine.BeginAsync("parent");
        await worker.RunTurnAsync(Ask.Child(0, "taken"));

        var next = await worker.TurnAsync();

        Assert.Contains("already exists", Assert.Single(next.WorkflowRequest.NewEvents, entry => entry.ChildWorkflowInstanceFailed is not null).ChildWorkflowInstanceFailed.FailureDetails.ErrorMessage);
    }

    [Fact]
    public async Task Activity_OfAnUnknownApp_Fails()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("one");
        await worker.RunTurnAsync(Ask.Activity(0, app: "elsewhere"));

        var next = await worker.TurnAsync();

        Assert.Contains("elsewhere", Assert.Single(next.WorkflowRequest.NewEvents, entry => entry.TaskFailed is not null).TaskFailed.FailureDetails.ErrorMessage);
    }

    [Fact]
    public async Task NoActorStateStore_EveryOperationSaysSo()
    {
        await using var engine = await EngineUnderTest.StartAsync(store: null);

        var refusal = await Assert.ThrowsAsync<DaprApiException>(() => engine.BeginAsync("one"));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.GrpcStatus);
        Assert.Contains("actorStateStore", refusal.Message);
    }

    [Fact]
    public async Task RepeatedStart_OfOneThatHasNotRun_IsAccepted_AnotherIsNot()
    {
        await using var engine = await EngineUnderTest.StartAsync(_store);
        await engine.BeginAsync("one");
        await engine.BeginAsync("one");

        var refusal = await Assert.ThrowsAsync<DaprApiException>(() =>
            engine.Operations.StartAsync(new CreateInstanceRequest { Name = "Other", InstanceId = "one" }, waitForStart: false, CancellationToken.None));

        Assert.Equal(StatusCode.AlreadyExists, refusal.GrpcStatus);
        await using var worker = new FakeWorker(engine.Engine);
        var turn = await worker.RunTurnAsync(Ask.End(0));
        Assert.Single(turn.WorkflowRequest.NewEvents, entry => entry.ExecutionStarted is not null);
    }
}
