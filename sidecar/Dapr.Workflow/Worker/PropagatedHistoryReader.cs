using Dapr.DurableTask.Protobuf;
using Dapr.Workflow.Client;
using Proto = Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Worker;

/// <summary>History handed down on the wire as the public API shows it.</summary>
internal static class PropagatedHistoryReader
{
    public static PropagatedHistory? Read(Proto.PropagatedHistory? history) =>
        history is { Chunks.Count: > 0 } ? new PropagatedHistory([.. history.Chunks.Select(Read)]) : null;

    private static PropagatedHistoryEvent Read(PropagatedHistoryChunk chunk)
    {
        var events = chunk.RawEvents.Select(raw => HistoryEvent.Parser.ParseFrom(raw)).ToList();
        var answers = new Dictionary<int, HistoryEvent>();
        foreach (var entry in events)
        {
            var answered = entry.TaskCompleted?.TaskScheduledId ?? entry.TaskFailed?.TaskScheduledId
                ?? entry.ChildWorkflowInstanceCompleted?.TaskScheduledId ?? entry.ChildWorkflowInstanceFailed?.TaskScheduledId;
            if (answered is { } id)
                answers[id] = entry;
        }
        var activities = events.Where(entry => entry.TaskScheduled is not null).Select(entry =>
        {
            var answer = answers.GetValueOrDefault(entry.EventId);
            return new PropagatedHistoryActivityResult(
                entry.TaskScheduled.Name, Status(answer), entry.TaskScheduled.Input, answer?.TaskCompleted?.Result, answer?.TaskFailed?.FailureDetails.ToPublic());
        });
        var children = events.Where(entry => entry.ChildWorkflowInstanceCreated is not null).Select(entry =>
        {
            var answer = answers.GetValueOrDefault(entry.EventId);
            return new PropagatedHistoryWorkflowResult(
                entry.ChildWorkflowInstanceCreated.Name, Status(answer), answer?.ChildWorkflowInstanceCompleted?.Result, answer?.ChildWorkflowInstanceFailed?.FailureDetails.ToPublic());
        });
        return new PropagatedHistoryEvent(chunk.InstanceId, chunk.AppId, chunk.WorkflowName, [.. activities], [.. children]);
    }

    private static PropagatedHistoryStatus Status(HistoryEvent? answer) => answer switch
    {
        null => PropagatedHistoryStatus.Pending,
        { TaskCompleted: not null } or { ChildWorkflowInstanceCompleted: not null } => PropagatedHistoryStatus.Completed,
        _ => PropagatedHistoryStatus.Failed,
    };
}
