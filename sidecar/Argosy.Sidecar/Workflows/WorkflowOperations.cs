using System.Globalization;
using Argosy.Sidecar.Workflows.Storage;
using Dapr.DurableTask.Protobuf;
using Proto = Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>What clients may do with instances; the gRPC and HTTP fronts both come here.</summary>
internal sealed class WorkflowOperations(WorkflowEngine engine)
{
    private const int LargestPage = 1024;

    /// <summary>Starts an instance. Without a start time it is under way when the task ends, if <paramref name="waitForStart"/> is set.</summary>
    /// <returns>The instance id.</returns>
    public async Task<string> StartAsync(CreateInstanceRequest request, bool waitForStart, CancellationToken cancellationToken)
    {
        if (request.Name.Length == 0)
            throw WorkflowErrors.Invalid("a workflow name is required");
        var instanceId = request.InstanceId.Length > 0 ? request.InstanceId : Guid.NewGuid().ToString();
        if (instanceId.Contains("||", StringComparison.Ordinal))
            throw WorkflowErrors.InvalidInstanceId(instanceId);
        var start = HistoryEvents.Now(engine.Time.GetUtcNow());
        start.ExecutionStarted = new ExecutionStartedEvent
        {
            Name = request.Name,
            Version = request.Version,
            Input = request.Input,
            WorkflowInstance = new Proto.WorkflowInstance
            {
                InstanceId = instanceId,
                ExecutionId = string.IsNullOrEmpty(request.ExecutionId) ? Guid.NewGuid().ToString() : request.ExecutionId,
            },
            ScheduledStartTimestamp = request.ScheduledStartTimestamp,
            ParentTraceContext = request.ParentTraceContext,
            Tags = { request.Tags },
        };
        await engine.StartAsync(start, request.EnforceUniqueInstanceId, cancellationToken);
        if (waitForStart && request.ScheduledStartTimestamp is null)
            await engine.WaitAsync(instanceId, HasStarted, cancellationToken);
        return instanceId;
    }

    public Task<InstanceView> GetAsync(string instanceId, CancellationToken cancellationToken) => engine.GetAsync(instanceId, cancellationToken);

    public Task<InstanceView> WaitForStartAsync(string instanceId, CancellationToken cancellationToken) =>
        engine.WaitAsync(instanceId, HasStarted, cancellationToken);

    public Task<InstanceView> WaitForEndAsync(string instanceId, CancellationToken cancellationToken) =>
        engine.WaitAsync(instanceId, record => record is null || record.HasEnded(), cancellationToken);

    /// <returns>False when there is no such instance; likewise the three that follow.</returns>
    public Task<bool> RaiseEventAsync(string instanceId, string name, string? input, CancellationToken cancellationToken) =>
        engine.SendAsync(instanceId, HistoryEvents.EventRaised(engine.Time.GetUtcNow(), name, input), cancellationToken);

    public async Task<bool> TerminateAsync(string instanceId, string? output, bool recursive, CancellationToken cancellationToken)
    {
        if (!await engine.SendAsync(instanceId, HistoryEvents.Terminated(engine.Time.GetUtcNow(), output, recursive), cancellationToken))
            return false;
        await WaitForEndAsync(instanceId, cancellationToken);
        return true;
    }

    public async Task<bool> SuspendAsync(string instanceId, string? reason, CancellationToken cancellationToken)
    {
        if (!await engine.SendAsync(instanceId, HistoryEvents.Suspended(engine.Time.GetUtcNow(), reason), cancellationToken))
            return false;
        await engine.WaitAsync(instanceId, record => record is null || record.Suspended || record.HasEnded(), cancellationToken);
        return true;
    }

    public async Task<bool> ResumeAsync(string instanceId, string? reason, CancellationToken cancellationToken)
    {
        if (!await engine.SendAsync(instanceId, HistoryEvents.Resumed(engine.Time.GetUtcNow(), reason), cancellationToken))
            return false;
        await engine.WaitAsync(instanceId, record => record is null || !record.Suspended || record.HasEnded(), cancellationToken);
        return true;
    }

    public Task<int> PurgeAsync(string instanceId, bool recursive, bool force, CancellationToken cancellationToken) =>
        engine.PurgeAsync(instanceId, recursive, force, cancellationToken);

    public async Task<IReadOnlyList<HistoryEvent>> GetHistoryAsync(string instanceId, CancellationToken cancellationToken)
    {
        var view = await engine.GetAsync(instanceId, cancellationToken);
        return view.Record is null ? throw WorkflowErrors.NotFound(instanceId) : view.History;
    }

    /// <summary>A page of ids; the token is the last id of the page before.</summary>
    public async Task<ListInstanceIDsResponse> ListAsync(string? token, uint? pageSize, CancellationToken cancellationToken)
    {
        var size = (int)Math.Clamp(pageSize ?? LargestPage, 1, LargestPage);
        var ids = (await engine.ListAsync(cancellationToken)).Where(id => string.IsNullOrEmpty(token) || string.CompareOrdinal(id, token) > 0).Take(size + 1).ToList();
        var page = new ListInstanceIDsResponse { InstanceIds = { ids.Take(size) } };
        if (ids.Count > size)
            page.ContinuationToken = ids[size - 1];
        return page;
    }

    public async Task<string> RerunAsync(RerunWorkflowFromEventRequest request, CancellationToken cancellationToken)
    {
        var newId = request is { HasNewInstanceID: true, NewInstanceID.Length: > 0 } ? request.NewInstanceID : Guid.NewGuid().ToString();
        var newChildId = request.HasNewChildWorkflowInstanceID ? request.NewChildWorkflowInstanceID : null;
        var eventId = request.EventID <= int.MaxValue
            ? (int)request.EventID
            : throw WorkflowErrors.Invalid("no event has the ID " + request.EventID.ToString(CultureInfo.InvariantCulture));
        await engine.RerunAsync(new InstanceRerun(request.SourceInstanceID, eventId, newId, request.OverwriteInput, request.Input, newChildId), cancellationToken);
        return newId;
    }

    private static bool HasStarted(InstanceRecord? record) => record is null || record.Status != OrchestrationStatus.Pending;
}
