using Argosy.Sidecar.Workflows.Storage;
using Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>What a turn leads to: to be saved first, then done.</summary>
/// <param name="record">The instance after the turn.</param>
internal sealed class TurnOutcome(InstanceRecord record)
{
    public InstanceRecord Record { get; set; } = record;

    /// <summary>What the turn adds to the history.</summary>
    public List<HistoryEvent> Events { get; } = [];

    /// <summary>Scheduled events of activities to run.</summary>
    public List<HistoryEvent> Activities { get; } = [];

    /// <summary>Timers to watch.</summary>
    public List<PendingTimer> Timers { get; } = [];

    /// <summary>Events for other instances.</summary>
    public List<InstanceMessage> Messages { get; } = [];

    /// <summary>Null: unchanged.</summary>
    public string? CustomStatus { get; set; }

    /// <summary>Set when the workflow continued as new: the first events of the next execution.</summary>
    public List<HistoryEvent>? NextExecution { get; set; }
}

/// <param name="ExecutionId">The execution it is for; empty for any.</param>
internal sealed record InstanceMessage(string InstanceId, HistoryEvent Event, string ExecutionId = "");
