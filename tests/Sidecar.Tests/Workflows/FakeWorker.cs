using System.Threading.Channels;
using Argosy.Sidecar.Workflows;
using Dapr.DurableTask.Protobuf;
using Grpc.Core;

namespace Argosy.Sidecar.Tests.Workflows;

/// <summary>A worker that does what the test says.</summary>
internal sealed class FakeWorker : IServerStreamWriter<WorkItem>, IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly WorkflowEngine _engine;
    private readonly WorkerStream _stream = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Channel<WorkItem> _turns = Channel.CreateUnbounded<WorkItem>();
    private readonly Channel<WorkItem> _activities = Channel.CreateUnbounded<WorkItem>();
    private readonly Task _writing;

    public FakeWorker(WorkflowEngine engine)
    {
        _engine = engine;
        _writing = _stream.WriteAsync(this, _closing.Token);
        engine.Dispatcher.Connect(_stream);
    }

    public WriteOptions? WriteOptions { get; set; }

    public bool HasTurn => _turns.Reader.TryPeek(out _);

    public Task WriteAsync(WorkItem message, CancellationToken cancellationToken) => WriteAsync(message);

    public Task WriteAsync(WorkItem message) => (message.WorkflowRequest is null ? _activities : _turns).Writer.WriteAsync(message).AsTask();

    public Task<WorkItem> TurnAsync() => _turns.Reader.ReadAsync().AsTask().WaitAsync(Deadline);

    public Task<WorkItem> ActivityAsync() => _activities.Reader.ReadAsync().AsTask().WaitAsync(Deadline);

    public Task AnswerAsync(WorkItem turn, params WorkflowAction[] actions) => _engine.CompleteTurnAsync(new WorkflowResponse
    {
        InstanceId = turn.WorkflowRequest.InstanceId,
        CompletionToken = turn.CompletionToken,
        Actions = { actions },
    });

    public Task AnswerAsync(WorkItem activity, string result) => _engine.CompleteActivityAsync(new ActivityResponse
    {
        InstanceId = activity.ActivityRequest.WorkflowInstance.InstanceId,
        TaskId = activity.ActivityRequest.TaskId,
        CompletionToken = activity.CompletionToken,
        Result = result,
    });

    /// <summary>Takes the next turn and answers it.</summary>
    public async Task<WorkItem> RunTurnAsync(params WorkflowAction[] actions)
    {
        var turn = await TurnAsync();
        await AnswerAsync(turn, actions);
        return turn;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _writing.ContinueWith(_ => { }, TaskScheduler.Default);
        _engine.Dispatcher.Disconnect(_stream);
        _closing.Dispose();
    }
}

/// <summary>Actions a workflow can ask for.</summary>
internal static class Ask
{
    public static WorkflowAction Activity(int id, string name = "A", string? app = null)
    {
        var action = new WorkflowAction { Id = id, ScheduleTask = new ScheduleTaskAction { Name = name, TaskExecutionId = $"key-{id}" } };
        if (app is not null)
            action.Router = new TaskRouter { TargetAppID = app };
        return action;
    }

    public static WorkflowAction Timer(int id, DateTimeOffset fireAt) =>
        new() { Id = id, CreateTimer = new CreateTimerAction { FireAt = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(fireAt), CreateTimer = new TimerOriginCreateTimer() } };

    public static WorkflowAction Child(int id, string instanceId) =>
        new() { Id = id, CreateChildWorkflow = new CreateChildWorkflowAction { Name = "C", InstanceId = instanceId } };

    public static WorkflowAction End(int id, OrchestrationStatus status = OrchestrationStatus.Completed, string result = "") =>
        new() { Id = id, CompleteWorkflow = new CompleteWorkflowAction { WorkflowStatus = status, Result = result } };
}
