using Argosy.Testing;
using Dapr.Workflow;
using Dapr.Workflow.Client;
using Grpc.Core;
using Xunit;

namespace Argosy.Workflow.Tests.Running;

/// <summary>Operations with nothing in their way.</summary>
public sealed class UninterruptedOperationTests(UninterruptedWorld world) : OperationTests(world), IClassFixture<UninterruptedWorld>;

/// <summary>Operations over a kill -9 of the worker.</summary>
public sealed class KilledWorkerOperationTests(KilledWorkerWorld world) : OperationTests(world), IClassFixture<KilledWorkerWorld>;

/// <summary>Operations over a kill -9 of the sidecar.</summary>
public sealed class KilledSidecarOperationTests(KilledSidecarWorld world) : OperationTests(world), IClassFixture<KilledSidecarWorld>;

/// <summary>Every operation, on a real sidecar and worker; <see cref="OperationWorld"/> has brought each to its middle and interrupted it.</summary>
public abstract class OperationTests(OperationWorld operation)
{
    private WorkflowWorld World => operation.World;

    private DaprWorkflowClient Client => operation.Client;

    private bool IsUninterrupted => operation.Interruption == Interruption.None;

    [Fact]
    public async Task Activities_InARow_CompleteOnceEach()
    {
        World.OpenGate("chain");
        var state = await World.EndAsync("chain");
        Assert.Equal("A1 A2 A3", state.ReadOutputAs<string>());
        Assert.Equal(1, World.Ran("chain", "a1"));
        Assert.InRange(World.Ran("chain", "a2"), 1, IsUninterrupted ? 1 : 2);
        Assert.Equal(1, World.Ran("chain", "a3"));
    }

    [Fact]
    public async Task FailedActivity_WithRetryPolicy_IsTriedAgain()
    {
        var state = await World.EndAsync("flaky");
        Assert.Equal("held on", state.ReadOutputAs<string>());
        Assert.InRange(World.Ran("flaky", "try"), 3, IsUninterrupted ? 3 : 4);
        var history = await Client.GetInstanceHistoryAsync("flaky");
        Assert.Equal(2, history.Count(entry => entry.EventType == WorkflowHistoryEventType.TimerFired));
    }

    [Fact]
    public async Task Timer_Due_FiresNotEarly()
    {
        var state = await World.EndAsync("timer");
        Assert.Equal(WorkflowRuntimeStatus.Completed, state.RuntimeStatus);
        Assert.True(state.ReadOutputAs<DateTime>() - state.CreatedAt.UtcDateTime >= TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Event_RaisedBeforeAnyoneWaits_IsKept()
    {
        await Client.RaiseEventAsync("event", "GO", "fly");
        var state = await World.EndAsync("event");
        Assert.Equal("fly bird", state.ReadOutputAs<string>());
    }

    [Fact]
    public async Task EventWithTimeout_NobodyRaisesIt_TimesOut() =>
        Assert.Equal("nobody came", (await World.EndAsync("timeout")).ReadOutputAs<string>());

    [Fact]
    public async Task EventWithTimeout_RaisedInTime_IsTaken()
    {
        await Client.RaiseEventAsync("in-time", "Answer", "yes");
        Assert.Equal("yes", (await World.EndAsync("in-time")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task ChildWorkflow_Completes_ParentHasItsResult()
    {
        await Client.RaiseEventAsync("parent-child", "go", "one");
        await Client.RaiseEventAsync("parent-child", "early", "two");
        Assert.Equal("child: one two", (await World.EndAsync("parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task ChildWorkflow_Fails_ParentIsTold() =>
        Assert.Equal("child failed: Task failed: x", (await World.EndAsync("unlucky")).ReadOutputAs<string>());

    [Fact]
    public async Task ContinueAsNew_OverAndOver_KeepsCountAndEvents()
    {
        await Client.RaiseEventAsync("counting", "tick", "3");
        await Client.RaiseEventAsync("counting", "tick", "4");
        var state = await World.EndAsync("counting");
        Assert.Equal(4, state.ReadOutputAs<int>());
        Assert.Single(await Client.GetInstanceHistoryAsync("counting"), entry => entry.EventType == WorkflowHistoryEventType.ExecutionStarted);
    }

    [Fact]
    public async Task ContinueAsNew_WithoutEverWaiting_Fails()
    {
        await Client.ScheduleNewWorkflowAsync("EndlessLoopWorkflow", "endless", 0);
        var state = await World.EndAsync("endless");
        Assert.Equal(WorkflowRuntimeStatus.Failed, state.RuntimeStatus);
        Assert.Contains("continue-as-new", state.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task Terminated_Instance_StaysTerminated()
    {
        var state = await World.EndAsync("terminated");
        Assert.Equal(WorkflowRuntimeStatus.Terminated, state.RuntimeStatus);
        Assert.Equal("enough", state.ReadOutputAs<string>());
        await Client.RaiseEventAsync("terminated", "go", "too late");
        Assert.Equal(WorkflowRuntimeStatus.Terminated, (await Client.GetWorkflowStateAsync("terminated")).RuntimeStatus);
    }

    [Fact]
    public async Task Terminate_Parent_EndsTheChildToo()
    {
        await Client.TerminateWorkflowAsync("doomed");
        Assert.Equal(WorkflowRuntimeStatus.Terminated, (await World.EndAsync("doomed")).RuntimeStatus);
        Assert.Equal(WorkflowRuntimeStatus.Terminated, (await World.EndAsync("doomed-child")).RuntimeStatus);
    }

    [Fact]
    public async Task Suspended_Instance_GoesOnOnlyWhenResumed()
    {
        Assert.Equal(WorkflowRuntimeStatus.Suspended, (await Client.GetWorkflowStateAsync("suspended")).RuntimeStatus);
        await Client.RaiseEventAsync("suspended", "go", "on");
        await Client.RaiseEventAsync("suspended", "early", "now");
        await Eventually.HoldsAsync("both events are in the history", async () =>
            (await Client.GetInstanceHistoryAsync("suspended")).Count(entry => entry.EventType == WorkflowHistoryEventType.EventRaised) == 2);
        Assert.Equal(WorkflowRuntimeStatus.Suspended, (await Client.GetWorkflowStateAsync("suspended")).RuntimeStatus);
        await Client.ResumeWorkflowAsync("suspended");
        Assert.Equal("on now", (await World.EndAsync("suspended")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Purge_EndedInstance_IsForgotten()
    {
        Assert.True(await Client.PurgeInstanceAsync("purge"));
        Assert.False((await Client.GetWorkflowStateAsync("purge")).Exists);
        Assert.False(await Client.PurgeInstanceAsync("purge"));
    }

    [Fact]
    public async Task Purge_RunningInstance_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => Client.PurgeInstanceAsync("active"));
        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        Assert.True((await Client.GetWorkflowStateAsync("active")).IsWorkflowRunning);
    }

    [Fact]
    public async Task CustomStatus_Set_IsSeenByClients()
    {
        Assert.Equal(new Progress("waiting", 1), (await Client.GetWorkflowStateAsync("status")).ReadCustomStatusAs<Progress>());
        await Client.RaiseEventAsync("status", "go", "x");
        Assert.Equal(new Progress("done", 2), (await World.EndAsync("status")).ReadCustomStatusAs<Progress>());
    }

    [Fact]
    public async Task List_InPages_HasEveryInstanceOnce()
    {
        var ids = new List<string>();
        string? token = null;
        do
        {
            var page = await Client.ListInstanceIdsAsync(token, pageSize: 4);
            Assert.InRange(page.InstanceIds.Count, 1, 4);
            ids.AddRange(page.InstanceIds);
            token = page.ContinuationToken;
        }
        while (token is not null);
        Assert.Equal(ids.Distinct(), ids);
        Assert.Empty(((string[])["chain", "timer", "parent", "parent-child", "terminated", "history", "far"]).Except(ids));
    }

    [Fact]
    public async Task History_OfEndedInstance_TellsEverythingInOrder()
    {
        var history = await Client.GetInstanceHistoryAsync("history");
        Assert.Equal(
            [
                WorkflowHistoryEventType.OrchestratorStarted, WorkflowHistoryEventType.ExecutionStarted,
                WorkflowHistoryEventType.TaskScheduled, WorkflowHistoryEventType.TaskScheduled, WorkflowHistoryEventType.TaskScheduled,
            ],
            history.Take(5).Select(entry => entry.EventType));
        Assert.Equal([0, 1, 2], history.Where(entry => entry.EventType == WorkflowHistoryEventType.TaskScheduled).Select(entry => entry.EventId));
        Assert.Equal(3, history.Count(entry => entry.EventType == WorkflowHistoryEventType.TaskCompleted));
        Assert.Equal(WorkflowHistoryEventType.ExecutionCompleted, history[^1].EventType);
    }

    [Fact]
    public async Task Rerun_FromTheMiddle_KeepsWhatCameBefore()
    {
        var id = await Client.RerunWorkflowFromEventAsync("rerun", 1, new RerunWorkflowFromEventOptions { NewInstanceId = "rerun-2", Input = "again", OverwriteInput = true });
        World.OpenGate(id);
        Assert.Equal("A1 AGAIN A3", (await World.EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal(0, World.Ran(id, "a1"));
        Assert.Equal(1, World.Ran(id, "again"));
    }

    [Fact]
    public async Task Rerun_UnknownEvent_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => Client.RerunWorkflowFromEventAsync("history", 77));
        Assert.Equal(StatusCode.NotFound, refusal.StatusCode);
    }

    [Fact]
    public async Task Start_ActiveId_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => Client.ScheduleNewWorkflowAsync("EventWorkflow", "active", "y"));
        Assert.Equal(StatusCode.AlreadyExists, refusal.StatusCode);
    }

    [Fact]
    public async Task Start_EndedId_StartsAgain()
    {
        var before = (await Client.GetWorkflowStateAsync("restart")).CreatedAt;
        await Client.ScheduleNewWorkflowAsync("FanOutWorkflow", "restart", "y");
        var state = await World.EndAsync("restart");
        Assert.Equal("y", state.ReadInputAs<string>());
        Assert.True(state.CreatedAt > before);
        Assert.Equal(2, World.Ran("restart", "step1"));
    }

    [Fact]
    public async Task Start_InTheFuture_IsPendingUntilThen()
    {
        Assert.Equal(WorkflowRuntimeStatus.Pending, (await Client.GetWorkflowStateAsync("far")).RuntimeStatus);
        Assert.Equal(3, (await World.EndAsync("soon")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task SendEvent_ToAnotherInstance_Arrives()
    {
        await Client.ScheduleNewWorkflowAsync("SendingWorkflow", "sender", "receiver");
        Assert.Equal("sent along", (await World.EndAsync("receiver")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task UncaughtFailure_OfAnActivity_FailsTheWorkflow()
    {
        await Client.ScheduleNewWorkflowAsync("FailingWorkflow", "failing", "no way");
        var state = await World.EndAsync("failing");
        Assert.Equal(WorkflowRuntimeStatus.Failed, state.RuntimeStatus);
        Assert.True(state.FailureDetails!.IsCausedBy<WorkflowTaskFailedException>());
        Assert.Contains("no way", state.FailureDetails.ErrorMessage);
    }

    [Fact]
    public async Task UnknownInstance_IsToldApart()
    {
        Assert.False((await Client.GetWorkflowStateAsync("nobody")).Exists);
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => Client.RaiseEventAsync("nobody", "go"))).StatusCode);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.WaitForWorkflowCompletionAsync("nobody"));
    }

    private sealed record Progress(string Step, int Number);
}
