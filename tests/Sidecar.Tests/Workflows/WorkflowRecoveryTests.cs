using Argosy.Testing;
using Dapr.DurableTask.Protobuf;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Workflows;

/// <summary>What an engine finds that an earlier one left behind, and what it keeps in memory.</summary>
public sealed class WorkflowRecoveryTests : IDisposable
{
    private readonly CountingStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Restart_UnansweredActivity_IsHandedOutAgain()
    {
        await using (var before = await EngineUnderTest.StartAsync(_store))
        {
            await using var lost = new FakeWorker(before.Engine);
            _ = before.BeginAsync("one");
            await lost.RunTurnAsync(Ask.Activity(0), Ask.Activity(1));
            _ = lost.AnswerAsync(await lost.ActivityAsync(), "a");
            await lost.RunTurnAsync();
        }
        await using var after = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(after.Engine);

        var again = await worker.ActivityAsync();
        _ = worker.AnswerAsync(again, "b");
        var turn = await worker.RunTurnAsync(Ask.End(2));

        Assert.Equal((1, "key-1"), (again.ActivityRequest.TaskId, again.ActivityRequest.TaskExecutionId));
        Assert.Equal("a", Assert.Single(turn.WorkflowRequest.PastEvents, entry => entry.TaskCompleted is not null).TaskCompleted.Result);
        Assert.Equal(OrchestrationStatus.Completed, await after.StatusAsync("one"));
    }

    [Fact]
    public async Task Restart_StoredEvents_AreTakenIn()
    {
        await using (var before = await EngineUnderTest.StartAsync(_store))
        {
            await before.BeginAsync("one");
            await before.Operations.RaiseEventAsync("one", "go", "x", CancellationToken.None);
        }
        await using var after = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(after.Engine);

        var turn = await worker.RunTurnAsync(Ask.End(0));

        Assert.Equal(
            [HistoryEvent.EventTypeOneofCase.WorkflowStarted, HistoryEvent.EventTypeOneofCase.ExecutionStarted, HistoryEvent.EventTypeOneofCase.EventRaised],
            turn.WorkflowRequest.NewEvents.Select(entry => entry.EventTypeCase));
        Assert.Empty(await _store.KeysAsync(".inbox||"));
    }

    [Fact]
    public async Task Restart_TimerThatBecameDueMeanwhile_FiresAtOnce()
    {
        await using (var before = await EngineUnderTest.StartAsync(_store))
        {
            await using var lost = new FakeWorker(before.Engine);
            _ = before.BeginAsync("one");
            await lost.RunTurnAsync(Ask.Timer(0, DateTimeOffset.UtcNow.AddMilliseconds(50)));
        }
        await using var after = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(after.Engine);

        Assert.Equal(0, Assert.Single((await worker.TurnAsync()).WorkflowRequest.NewEvents, entry => entry.TimerFired is not null).TimerFired.TimerId);
    }

    [Fact]
    public async Task Restart_ChildThatWasOnlyAskedFor_Starts()
    {
        await using (var before = await EngineUnderTest.StartAsync(_store))
        {
            await using var lost = new FakeWorker(before.Engine);
            _ = before.BeginAsync("parent");
            await lost.RunTurnAsync(Ask.Child(0, "child"));
        }
        await using var after = await EngineUnderTest.StartAsync(_store);
        await using var worker = new FakeWorker(after.Engine);
        Assert.Equal("child", (await worker.RunTurnAsync(Ask.End(0, result: "done"))).WorkflowRequest.InstanceId);

        var parent = await worker.TurnAsync();

        Assert.Equal("done", Assert.Single(parent.WorkflowRequest.NewEvents, entry => entry.ChildWorkflowInstanceCompleted is not null).ChildWorkflowInstanceCompleted.Result);
    }

    [Fact]
    public async Task Restart_InstancesThatOnlyWait_AreNotRead()
    {
        await using (var before = await EngineUnderTest.StartAsync(_store))
        {
            await using var worker = new FakeWorker(before.Engine);
            for (var number = 0; number < 20; number++)
            {
                _ = before.BeginAsync($"waiting-{number}");
                await worker.RunTurnAsync(Ask.Timer(0, DateTimeOffset.UtcNow.AddDays(1)));
            }
            _ = before.BeginAsync("ended");
            await worker.RunTurnAsync(Ask.End(0));
        }
        lock (_store.Read)
            _store.Read.Clear();

        await using var after = await EngineUnderTest.StartAsync(_store);
        await after.Engine.ReadyAsync(CancellationToken.None);

        Assert.Equal(20, _store.Read.Count);
        Assert.All(_store.Read, key => Assert.EndsWith("||metadata", key, StringComparison.Ordinal));
        Assert.Equal(21, (await after.Operations.ListAsync(null, null, CancellationToken.None)).InstanceIds.Count);
    }

    [Fact]
    public async Task IdleInstance_LeavesMemory_AndComesBackForAnEvent()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var engine = await EngineUnderTest.StartAsync(_store, time);
        await using var worker = new FakeWorker(engine.Engine);
        _ = engine.BeginAsync("one");
        await worker.RunTurnAsync();
        lock (_store.Read)
            _store.Read.Clear();
        await engine.StatusAsync("one");
        Assert.Empty(_store.Read);

        time.Advance(TimeSpan.FromSeconds(5));
        _ = engine.Operations.RaiseEventAsync("one", "go", "x", CancellationToken.None);
        var turn = await worker.TurnAsync();

        Assert.Contains(_store.Read, key => key.EndsWith("||history-000000", StringComparison.Ordinal));
        Assert.Contains(turn.WorkflowRequest.PastEvents, entry => entry.ExecutionStarted is not null);
    }

    [Fact]
    public async Task ScheduledStart_WaitsForItsTime_AlsoOverARestart()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using (var before = await EngineUnderTest.StartAsync(_store, time))
        {
            var starting = before.BeginAsync("one", time.GetUtcNow().AddHours(1));
            await Eventually.HoldsAsync("the start is stored", () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(200));
                return starting.IsCompleted;
            });
        }
        await using var after = await EngineUnderTest.StartAsync(_store, time);
        await using var worker = new FakeWorker(after.Engine);
        Assert.Equal(OrchestrationStatus.Pending, await after.StatusAsync("one"));
        Assert.False(worker.HasTurn);

        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("one", (await worker.TurnAsync()).WorkflowRequest.InstanceId);
    }
}
