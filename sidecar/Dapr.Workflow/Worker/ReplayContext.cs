using Dapr.Common.Serialization;
using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Client;
using Microsoft.Extensions.Logging;
using Proto = Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Worker;

/// <summary>One turn of a workflow. The code runs until it waits; each history event then lets the code that waits for it go on. What the code
/// asked for and the history does not yet show becomes the turn's actions.</summary>
/// <remarks>Ids are a sequence from 0 over everything the code asks for, so the same code on the same history gives every action the same
/// id. Continuations run inline, on the one thread that feeds the events.</remarks>
internal sealed class ReplayContext : WorkflowContext
{
    private readonly Dictionary<int, TaskCompletionSource<HistoryEvent>> _open = [];
    private readonly Dictionary<int, HistoryEvent> _early = [];
    private readonly Dictionary<string, int> _idsByExecutionKey = new(StringComparer.Ordinal);
    private readonly ExternalEvents _events = new();
    private readonly IDaprSerializer _serializer;
    private readonly ILoggerFactory _loggers;
    private readonly PatchTracker _patches;
    private readonly PropagatedHistory? _propagatedHistory;
    private readonly string? _appId;
    private readonly Guid _execution;
    private DateTime _now;
    private bool _isReplaying;
    private bool _keepEvents;
    private object? _customStatus;
    private int _nextId;
    private int _nextGuid;

    public ReplayContext(WorkflowRequest request, ExecutionStartedEvent started, string? appId, IDaprSerializer serializer, ILoggerFactory loggers)
    {
        Name = started.Name;
        InstanceId = request.InstanceId;
        Actions = new ActionLog(request.InstanceId);
        _execution = StableGuid.ForExecution(string.IsNullOrWhiteSpace(request.ExecutionId) ? request.InstanceId : request.ExecutionId);
        _propagatedHistory = PropagatedHistoryReader.Read(request.PropagatedHistory);
        _patches = new PatchTracker(request.PastEvents);
        _appId = appId;
        _serializer = serializer;
        _loggers = loggers;
        _isReplaying = request.PastEvents.Count > 0;
        var first = _isReplaying ? request.PastEvents[0] : request.NewEvents.LastOrDefault(entry => entry.WorkflowStarted is not null);
        _now = first?.Timestamp?.ToDateTime() ?? DateTime.UtcNow;
    }

    public override string Name { get; }

    public override string InstanceId { get; }

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _isReplaying;

    /// <summary>What the code asked for.</summary>
    public ActionLog Actions { get; }

    /// <summary>Patches met for the first time in this turn.</summary>
    public IReadOnlyList<string> NewPatches => _patches.New;

    /// <summary>The custom status as text; null when the code set none.</summary>
    public string? CustomStatus => _customStatus is null ? null : Serialize(_customStatus);

    /// <summary>Lets the code go on with what happened.</summary>
    public void Feed(IEnumerable<HistoryEvent> events, bool isReplaying)
    {
        _isReplaying = isReplaying;
        foreach (var entry in events)
            Feed(entry);
    }

    /// <summary>Hands events nobody waited for to the next execution, when the code continued as new and wants that.</summary>
    public void CarryEventsOver()
    {
        if (_keepEvents && Actions.ContinuedAsNew is { } continued)
            continued.CarryoverEvents.AddRange(_events.Kept);
    }

    public override bool IsPatched(string patchName) => _patches.Decide(patchName, _isReplaying);

    public override Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null)
    {
        if (options?.RetryPolicy is not { } policy)
            return CallActivityOnceAsync<T>(name, input, options);
        var firstKey = ExecutionKey(_nextId, name);
        return RetryLoop.RunAsync(this, policy, () => CallActivityOnceAsync<T>(name, input, options),
            fireAt => TimerAsync(TimerOrigins.ActivityRetry(firstKey, fireAt), default));
    }

    public override Task<TResult> CallChildWorkflowAsync<TResult>(string workflowName, object? input = null, ChildWorkflowTaskOptions? options = null)
    {
        if (options?.RetryPolicy is not { } policy)
            return CallChildOnceAsync<TResult>(workflowName, input, options);
        var firstChild = options.InstanceId ?? NewGuid().ToString();
        return RetryLoop.RunAsync(this, policy, () => CallChildOnceAsync<TResult>(workflowName, input, options),
            fireAt => TimerAsync(TimerOrigins.ChildRetry(firstChild, fireAt), default));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        TimerAsync(TimerOrigins.ByCode(fireAt), cancellationToken);

    public override async Task<T> WaitForExternalEventAsync<T>(string eventName, CancellationToken cancellationToken = default)
    {
        var raised = await _events.NextAsync(eventName, cancellationToken);
        return Deserialize<T>(raised.EventRaised.Input);
    }

    public override async Task<T> WaitForExternalEventAsync<T>(string eventName, TimeSpan timeout)
    {
        if (timeout == TimeSpan.Zero)
            throw new TaskCanceledException($"The event '{eventName}' was given no time to arrive.");
        using var timerStop = new CancellationTokenSource();
        using var eventStop = new CancellationTokenSource();
        DateTime? fireAt = timeout < TimeSpan.Zero || timeout > DateTime.MaxValue - _now ? null : _now + timeout;
        var timer = TimerAsync(TimerOrigins.EventTimeout(eventName, fireAt), timerStop.Token);
        var raised = WaitForExternalEventAsync<T>(eventName, eventStop.Token);
#pragma warning disable CA1849 // Cancelling must finish inline: a continuation on another thread would leave the turn.
        if (await Task.WhenAny(timer, raised) == raised)
            timerStop.Cancel();
        else
            eventStop.Cancel();
#pragma warning restore CA1849
        return await raised;
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        ArgumentException.ThrowIfNullOrWhiteSpace(eventName);
        Actions.Add(new WorkflowAction
        {
            Id = _nextId++,
            SendEvent = new SendEventAction { Instance = new WorkflowInstance { InstanceId = instanceId }, Name = eventName, Data = Serialize(payload) },
        });
    }

    public override void SetCustomStatus(object? customStatus) => _customStatus = customStatus;

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        _keepEvents = preserveUnprocessedEvents;
        Actions.Add(new WorkflowAction
        {
            Id = _nextId++,
            CompleteWorkflow = new CompleteWorkflowAction { WorkflowStatus = OrchestrationStatus.ContinuedAsNew, Result = Serialize(newInput) },
        });
    }

    public override Guid NewGuid() => StableGuid.Create(_execution, $"{InstanceId}_{_nextGuid++}");

    public override PropagatedHistory? GetPropagatedHistory() => _propagatedHistory;

    public override ILogger CreateReplaySafeLogger(string categoryName) => new ReplaySafeLogger(_loggers.CreateLogger(categoryName), this);

    public override ILogger CreateReplaySafeLogger(Type type) => new ReplaySafeLogger(_loggers.CreateLogger(type), this);

    public override ILogger CreateReplaySafeLogger<T>() => new ReplaySafeLogger(_loggers.CreateLogger<T>(), this);

    /// <summary>The action that ends the workflow, with the id after the last one.</summary>
    public WorkflowAction Complete(CompleteWorkflowAction completion) => new() { Id = _nextId, CompleteWorkflow = completion };

    private async Task<T> CallActivityOnceAsync<T>(string name, object? input, WorkflowTaskOptions? options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var id = _nextId++;
        var key = ExecutionKey(id, name);
        var router = Router(options);
        var schedule = new ScheduleTaskAction { Name = name, Input = Serialize(input), TaskExecutionId = key, Router = router };
        if (options is { PropagationScope: not HistoryPropagationScope.None })
            schedule.HistoryPropagationScope = (Proto.HistoryPropagationScope)(int)options.PropagationScope;
        Actions.Add(new WorkflowAction { Id = id, ScheduleTask = schedule, Router = router });
        _idsByExecutionKey[key] = id;
        var answer = await AnswerAsync(id, default);
        return answer.TaskFailed is { } failed
            ? throw Failure("Task failed: " + failed.FailureDetails?.ErrorMessage, failed.FailureDetails)
            : Deserialize<T>(answer.TaskCompleted?.Result);
    }

    private async Task<T> CallChildOnceAsync<T>(string name, object? input, ChildWorkflowTaskOptions? options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var instanceId = options?.InstanceId ?? NewGuid().ToString();
        var id = _nextId++;
        var router = Router(options);
        var create = new CreateChildWorkflowAction { Name = name, InstanceId = instanceId, Input = Serialize(input), Router = router };
        if (options is { PropagationScope: not HistoryPropagationScope.None })
            create.HistoryPropagationScope = (Proto.HistoryPropagationScope)(int)options.PropagationScope;
        Actions.Add(new WorkflowAction { Id = id, CreateChildWorkflow = create, Router = router });
        var answer = await AnswerAsync(id, default);
        return answer.ChildWorkflowInstanceFailed is { } failed
            ? throw Failure($"Child workflow '{name}' failed", failed.FailureDetails)
            : Deserialize<T>(answer.ChildWorkflowInstanceCompleted?.Result);
    }

    private Task<HistoryEvent> TimerAsync(CreateTimerAction timer, CancellationToken cancellationToken)
    {
        var id = _nextId++;
        Actions.Add(new WorkflowAction { Id = id, CreateTimer = timer });
        return AnswerAsync(id, cancellationToken);
    }

    private Task<HistoryEvent> AnswerAsync(int id, CancellationToken cancellationToken)
    {
        if (_early.Remove(id, out var early))
            return Task.FromResult(early);
        var waiter = new TaskCompletionSource<HistoryEvent>();
        _open.Add(id, waiter);
        if (cancellationToken.CanBeCanceled)
            cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        return waiter.Task;
    }

    private void Feed(HistoryEvent entry)
    {
        switch (entry.EventTypeCase)
        {
            case HistoryEvent.EventTypeOneofCase.WorkflowStarted:
                _now = entry.Timestamp.ToDateTime();
                break;
            case HistoryEvent.EventTypeOneofCase.TaskScheduled:
            case HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCreated:
            case HistoryEvent.EventTypeOneofCase.TimerCreated:
            case HistoryEvent.EventTypeOneofCase.EventSent:
                Actions.Confirm(entry);
                break;
            case HistoryEvent.EventTypeOneofCase.TaskCompleted:
                Answer(entry.TaskCompleted.TaskScheduledId, entry, entry.TaskCompleted.TaskExecutionId);
                break;
            case HistoryEvent.EventTypeOneofCase.TaskFailed:
                Answer(entry.TaskFailed.TaskScheduledId, entry, entry.TaskFailed.TaskExecutionId);
                break;
            case HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCompleted:
                Answer(entry.ChildWorkflowInstanceCompleted.TaskScheduledId, entry);
                break;
            case HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceFailed:
                Answer(entry.ChildWorkflowInstanceFailed.TaskScheduledId, entry);
                break;
            case HistoryEvent.EventTypeOneofCase.TimerFired:
                Answer(entry.TimerFired.TimerId, entry);
                break;
            case HistoryEvent.EventTypeOneofCase.EventRaised:
                _events.Raise(entry);
                break;
        }
    }

    private void Answer(int id, HistoryEvent entry, string? executionKey = null)
    {
        if (!_open.ContainsKey(id) && !string.IsNullOrEmpty(executionKey) && _idsByExecutionKey.TryGetValue(executionKey, out var sameStep))
            id = sameStep;
        if (_open.Remove(id, out var waiter))
            waiter.TrySetResult(entry);
        else if (id >= _nextId)
            _early.TryAdd(id, entry);
    }

    private string ExecutionKey(int id, string name) => StableGuid.Create(_execution, $"{InstanceId}|activity|{id}|{name}").ToString("N");

    private TaskRouter? Router(WorkflowTaskOptions? options) =>
        string.IsNullOrWhiteSpace(options?.TargetAppId) || string.IsNullOrWhiteSpace(_appId)
            ? null
            : new TaskRouter { SourceAppID = _appId, TargetAppID = options.TargetAppId };

    private static WorkflowTaskFailedException Failure(string message, TaskFailureDetails? details) =>
        new(message, details.ToPublic() ?? new WorkflowTaskFailureDetails("Exception", "The failure came without details."));

    private string Serialize(object? value) => value is null ? "" : _serializer.Serialize(value, value.GetType());

    private T Deserialize<T>(string? text) => string.IsNullOrEmpty(text) ? default! : _serializer.Deserialize<T>(text)!;
}
