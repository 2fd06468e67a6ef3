using Argosy.Sidecar.State;
using Argosy.Sidecar.Workflows.Storage;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Proto = Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>A new instance that takes over another's history up to an event and does that event's work again.</summary>
internal sealed record InstanceRerun(string SourceId, int EventId, string NewId, bool OverwriteInput, string? Input, string? NewChildId)
{
    /// <summary>Stores the new instance.</summary>
    /// <returns>Events for its children.</returns>
    public async Task<IReadOnlyList<InstanceDelivery>> SaveAsync(InstanceView source, WorkflowStore store, TurnApplier applier, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (source.Record is null)
            throw WorkflowErrors.NotFound(SourceId);
        if (!source.Record.HasEnded())
            throw WorkflowErrors.Invalid($"'{SourceId}' is not in a terminal state");
        if (source.Record.Parent is not null)
            throw WorkflowErrors.Invalid($"'{SourceId}': cannot rerun from child-workflows");

        var now = Timestamp.FromDateTimeOffset(DateTimeOffset.UtcNow);
        var history = source.History.TakeWhile(entry => entry.EventId != EventId || !CanRunAgain(entry)).Select(entry => entry.Clone()).ToList();
        if (history.Count == source.History.Count)
            throw WorkflowErrors.NotFound(SourceId, httpStatus: StatusCodes.Status404NotFound);
        var again = source.History[history.Count].Clone();
        Prepare(again);
        history.Add(again);

        var start = history.First(entry => entry.ExecutionStarted is not null);
        start.ExecutionStarted.WorkflowInstance = new Proto.WorkflowInstance { InstanceId = NewId, ExecutionId = Guid.NewGuid().ToString() };
        var record = InstanceRecords.Start(start, generation: 1);
        record.HistoryLength = 1;
        var operations = new List<StateOperation>();
        var deliveries = new List<InstanceDelivery>();
        foreach (var entry in history)
        {
            record.TakeIn(entry);
            Note(record, entry);
        }
        foreach (var pending in record.Children)
        {
            var created = history.First(entry => entry.EventId == pending.Id && entry.ChildWorkflowInstanceCreated is not null);
            created.ChildWorkflowInstanceCreated.InstanceId = pending.Id == EventId && NewChildId is not null ? NewChildId : TurnApplier.ChildId(NewId, pending.Id);
            pending.InstanceId = created.ChildWorkflowInstanceCreated.InstanceId;
            var childStart = applier.ChildStart(NewId, record, created);
            var (put, key) = store.PutInbox(pending.InstanceId, childStart, "");
            operations.AddRange([put, store.PutActive(pending.InstanceId)]);
            deliveries.Add(new InstanceDelivery(pending.InstanceId, new InboxEntry(childStart, key)));
        }
        record.CreatedAt = now;
        record.UpdatedAt = now;
        operations.AddRange([store.PutHistory(NewId, 0, history), store.Put(NewId, record), store.PutActive(NewId)]);
        await store.SaveAsync(operations);
        return deliveries;
    }

    private static bool CanRunAgain(HistoryEvent entry) =>
        entry.TaskScheduled is not null || entry.TimerCreated is not null || entry.ChildWorkflowInstanceCreated is not null;

    private void Prepare(HistoryEvent again)
    {
        var origin = new RerunParentInstanceInfo { InstanceID = SourceId };
        if (NewChildId is not null && again.ChildWorkflowInstanceCreated is null)
            throw WorkflowErrors.Invalid($"event '{EventId}' is not a child workflow: it takes no new child workflow instance ID");
        if (again.TaskScheduled is { } task)
        {
            task.RerunParentInstanceInfo = origin;
            if (OverwriteInput)
                task.Input = Input;
        }
        else if (again.ChildWorkflowInstanceCreated is { } child)
        {
            child.RerunParentInstanceInfo = origin;
            if (OverwriteInput)
                child.Input = Input;
        }
        else
        {
            again.TimerCreated.RerunParentInstanceInfo = origin;
            if (OverwriteInput)
                throw WorkflowErrors.Invalid($"cannot write input to timer event '{EventId}'");
        }
    }

    private static void Note(InstanceRecord record, HistoryEvent entry)
    {
        if (entry.TaskScheduled is not null)
            record.Activities.Add(entry.EventId);
        else if (entry.TimerCreated is { } timer && !TurnApplier.IsEndless(timer))
            record.Timers.Add(new PendingTimer { Id = entry.EventId, FireAt = timer.FireAt });
        else if (entry.ChildWorkflowInstanceCreated is { } child)
            record.Children.Add(new PendingChild { Id = entry.EventId, InstanceId = child.InstanceId });
    }
}
