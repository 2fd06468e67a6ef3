using Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>A piece of work on its way to a worker and back.</summary>
internal abstract class WorkTicket
{
    /// <summary>New for every time it is handed out; the answer brings it back.</summary>
    public string Token { get; set; } = "";

    /// <summary>The stream it was handed to; null while it waits for one.</summary>
    public WorkerStream? Stream { get; set; }

    /// <summary>Who hands it out; another app's for an activity that runs there.</summary>
    public WorkDispatcher? Dispatcher { get; set; }

    /// <summary>No longer wanted; an answer is thrown away.</summary>
    public bool IsCancelled { get; set; }

    public abstract string InstanceId { get; }

    public abstract WorkItem ToMessage();
}

/// <summary>A turn of an instance.</summary>
internal sealed class TurnTicket(InstanceActor instance, WorkflowRequest request, IReadOnlyList<InboxEntry> entries) : WorkTicket
{
    public InstanceActor Instance { get; } = instance;

    public WorkflowRequest Request { get; } = request;

    /// <summary>The inbox entries the turn takes in, in order.</summary>
    public IReadOnlyList<InboxEntry> Entries { get; } = entries;

    public override string InstanceId => Instance.Id;

    public override WorkItem ToMessage() => new() { WorkflowRequest = Request, CompletionToken = Token };
}

/// <summary>An activity of an instance.</summary>
internal sealed class ActivityTicket(InstanceActor instance, ActivityRequest request) : WorkTicket
{
    public InstanceActor Instance { get; } = instance;

    public ActivityRequest Request { get; } = request;

    public override string InstanceId => Instance.Id;

    public override WorkItem ToMessage() => new() { ActivityRequest = Request, CompletionToken = Token };
}
