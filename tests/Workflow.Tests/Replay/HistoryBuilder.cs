using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Argosy.Workflow.Tests.Replay;

/// <summary>Histories for turns: what is added goes to the new events until <see cref="Turn"/> makes them past.</summary>
internal sealed class HistoryBuilder
{
    public static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private DateTime _now = Noon;

    public List<HistoryEvent> Past { get; } = [];

    public List<HistoryEvent> New { get; } = [];

    public static HistoryBuilder Started(string workflow, string input = "") => new HistoryBuilder().Turn(0).Add(entry =>
        entry.ExecutionStarted = new ExecutionStartedEvent { Name = workflow, Input = input, WorkflowInstance = new WorkflowInstance { InstanceId = "instance" } });

    /// <summary>What happened so far is past; a new turn begins some seconds later.</summary>
    public HistoryBuilder Turn(double secondsLater = 1)
    {
        Past.AddRange(New);
        New.Clear();
        _now = _now.AddSeconds(secondsLater);
        return Add(entry => entry.WorkflowStarted = new WorkflowStartedEvent());
    }

    /// <summary>What the runtime notes for the actions of an answer.</summary>
    public HistoryBuilder Taken(WorkflowResponse response)
    {
        if (response.Version is { } version)
            New.First(entry => entry.WorkflowStarted is not null).WorkflowStarted.Version = version;
        foreach (var action in response.Actions)
        {
            Add(entry =>
            {
                if (action.ScheduleTask is { } task)
                    entry.TaskScheduled = new TaskScheduledEvent { Name = task.Name, Input = task.Input, TaskExecutionId = task.TaskExecutionId };
                else if (action.CreateTimer is { } timer)
                    entry.TimerCreated = new TimerCreatedEvent { FireAt = timer.FireAt };
                else if (action.CreateChildWorkflow is { } child)
                    entry.ChildWorkflowInstanceCreated = new ChildWorkflowInstanceCreatedEvent { Name = child.Name, InstanceId = child.InstanceId };
                else if (action.SendEvent is { } send)
                    entry.EventSent = new EventSentEvent { InstanceId = send.Instance.InstanceId, Name = send.Name };
            }, action.Id);
        }
        return this;
    }

    public HistoryBuilder Completed(int id, string result) =>
        Add(entry => entry.TaskCompleted = new TaskCompletedEvent { TaskScheduledId = id, Result = result });

    public HistoryBuilder Failed(int id, string message) => Add(entry => entry.TaskFailed = new TaskFailedEvent
    {
        TaskScheduledId = id,
        FailureDetails = new TaskFailureDetails { ErrorType = "System.TimeoutException", ErrorMessage = message },
    });

    public HistoryBuilder ChildCompleted(int id, string result) =>
        Add(entry => entry.ChildWorkflowInstanceCompleted = new ChildWorkflowInstanceCompletedEvent { TaskScheduledId = id, Result = result });

    public HistoryBuilder Fired(int id) => Add(entry => entry.TimerFired = new TimerFiredEvent { TimerId = id, FireAt = Timestamp.FromDateTime(_now) });

    public HistoryBuilder Raised(string name, string input) => Add(entry => entry.EventRaised = new EventRaisedEvent { Name = name, Input = input });

    public HistoryBuilder Suspended() => Add(entry => entry.ExecutionSuspended = new ExecutionSuspendedEvent());

    public HistoryBuilder Resumed() => Add(entry => entry.ExecutionResumed = new ExecutionResumedEvent());

    public HistoryBuilder Terminated() => Add(entry => entry.ExecutionTerminated = new ExecutionTerminatedEvent());

    private HistoryBuilder Add(Action<HistoryEvent> fill, int id = -1)
    {
        var entry = new HistoryEvent { EventId = id, Timestamp = Timestamp.FromDateTime(_now) };
        fill(entry);
        New.Add(entry);
        return this;
    }
}
