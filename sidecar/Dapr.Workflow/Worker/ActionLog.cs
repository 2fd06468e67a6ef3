using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Worker;

/// <summary>What the code of an execution asked for, less what the history already shows.</summary>
internal sealed class ActionLog(string instanceId)
{
    private readonly SortedDictionary<int, WorkflowAction> _unconfirmed = [];

    /// <summary>The actions of this turn in the order the code asked for them.</summary>
    public IEnumerable<WorkflowAction> Unconfirmed => _unconfirmed.Values;

    /// <summary>Set once the code continued as new.</summary>
    public CompleteWorkflowAction? ContinuedAsNew { get; private set; }

    public void Add(WorkflowAction action)
    {
        _unconfirmed.Add(action.Id, action);
        if (action.CompleteWorkflow is { WorkflowStatus: OrchestrationStatus.ContinuedAsNew } continued)
            ContinuedAsNew ??= continued;
    }

    /// <summary>The history shows that an action was taken.</summary>
    /// <exception cref="NonDeterministicWorkflowException">The code asked for something else at this point.</exception>
    public void Confirm(HistoryEvent taken)
    {
        if (!_unconfirmed.Remove(taken.EventId, out var asked))
            throw Mismatch(taken, "the code asked for nothing there");
        var same = taken.EventTypeCase switch
        {
            HistoryEvent.EventTypeOneofCase.TaskScheduled => asked.ScheduleTask?.Name == taken.TaskScheduled.Name,
            HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCreated => asked.CreateChildWorkflow?.Name == taken.ChildWorkflowInstanceCreated.Name,
            HistoryEvent.EventTypeOneofCase.TimerCreated => asked.CreateTimer is not null,
            _ => asked.SendEvent?.Name == taken.EventSent?.Name,
        };
        if (!same)
            throw Mismatch(taken, $"the code asked for {Describe(asked)}");
    }

    private NonDeterministicWorkflowException Mismatch(HistoryEvent taken, string instead) =>
        new($"Workflow instance '{instanceId}': its history has {Describe(taken)} as step {taken.EventId}, but {instead}. "
            + "The workflow's code is not deterministic or was changed while the instance ran.");

    private static string Describe(HistoryEvent taken) => taken.EventTypeCase switch
    {
        HistoryEvent.EventTypeOneofCase.TaskScheduled => $"activity '{taken.TaskScheduled.Name}'",
        HistoryEvent.EventTypeOneofCase.ChildWorkflowInstanceCreated => $"child workflow '{taken.ChildWorkflowInstanceCreated.Name}'",
        HistoryEvent.EventTypeOneofCase.EventSent => $"an event '{taken.EventSent.Name}' sent",
        _ => "a timer",
    };

    private static string Describe(WorkflowAction asked) => asked.WorkflowActionTypeCase switch
    {
        WorkflowAction.WorkflowActionTypeOneofCase.ScheduleTask => $"activity '{asked.ScheduleTask.Name}'",
        WorkflowAction.WorkflowActionTypeOneofCase.CreateChildWorkflow => $"child workflow '{asked.CreateChildWorkflow.Name}'",
        WorkflowAction.WorkflowActionTypeOneofCase.SendEvent => $"an event '{asked.SendEvent.Name}' to be sent",
        WorkflowAction.WorkflowActionTypeOneofCase.CreateTimer => "a timer",
        _ => "its end",
    };
}
