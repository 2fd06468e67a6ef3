using System.Diagnostics;
using Dapr.Common.Serialization;
using Dapr.Workflow.Client;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Proto = Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow;

/// <summary>Starts workflow instances and works with them, through the sidecar.</summary>
public sealed class DaprWorkflowClient : IDaprWorkflowClient
{
    private static readonly TimeSpan ShortestWaitPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWaitPause = TimeSpan.FromSeconds(15);

    private readonly SidecarConnection _sidecar;
    private readonly IDaprSerializer _serializer;
    private readonly bool _ownsConnection;

    internal DaprWorkflowClient(SidecarConnection sidecar, IDaprSerializer serializer, bool ownsConnection)
    {
        _sidecar = sidecar;
        _serializer = serializer;
        _ownsConnection = ownsConnection;
    }

    /// <inheritdoc />
    public Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId = null, object? input = null) =>
        ScheduleNewWorkflowAsync(name, instanceId, input, startTime: (DateTimeOffset?)null);

    /// <inheritdoc />
    public Task<string> ScheduleNewWorkflowAsync(string name, string? instanceId, object? input, DateTime? startTime) =>
        ScheduleNewWorkflowAsync(name, instanceId, input, startTime is { } time ? new DateTimeOffset(time) : null);

    /// <inheritdoc />
    public async Task<string> ScheduleNewWorkflowAsync(
        string name, string? instanceId, object? input, DateTimeOffset? startTime, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var request = new Proto.CreateInstanceRequest
        {
            InstanceId = instanceId ?? Guid.NewGuid().ToString(),
            Name = name,
            Input = Serialize(input),
            ScheduledStartTimestamp = startTime is { } time ? Timestamp.FromDateTimeOffset(time) : null,
        };
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } traceParent } activity)
            request.ParentTraceContext = new Proto.TraceContext { TraceParent = traceParent, TraceState = activity.TraceStateString };
        var response = await _sidecar.Client.StartInstanceAsync(request, _sidecar.Options(cancellation));
        return response.InstanceId;
    }

    /// <inheritdoc />
    public async Task<WorkflowState> GetWorkflowStateAsync(string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default)
    {
        try
        {
            var response = await _sidecar.Client.GetInstanceAsync(Request(instanceId, getInputsAndOutputs), _sidecar.Options(cancellation));
            return State(response.Exists ? response.WorkflowState : null);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.NotFound)
        {
            return State(null);
        }
    }

    /// <inheritdoc />
    public async Task<WorkflowState> WaitForWorkflowStartAsync(string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default) =>
        await WaitAsync(_sidecar.Client.WaitForInstanceStartAsync, Request(instanceId, getInputsAndOutputs), cancellation);

    /// <inheritdoc />
    public async Task<WorkflowState> WaitForWorkflowCompletionAsync(string instanceId, bool getInputsAndOutputs = true, CancellationToken cancellation = default) =>
        await WaitAsync(_sidecar.Client.WaitForInstanceCompletionAsync, Request(instanceId, getInputsAndOutputs), cancellation);

    /// <inheritdoc />
    public async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var request = new Proto.RaiseEventRequest { InstanceId = instanceId, Name = eventName, Input = Serialize(eventPayload) };
        await _sidecar.Client.RaiseEventAsync(request, _sidecar.Options(cancellation));
    }

    /// <inheritdoc />
    public async Task TerminateWorkflowAsync(string instanceId, object? output = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var request = new Proto.TerminateRequest { InstanceId = instanceId, Output = Serialize(output), Recursive = true };
        await _sidecar.Client.TerminateInstanceAsync(request, _sidecar.Options(cancellation));
    }

    /// <inheritdoc />
    public async Task SuspendWorkflowAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await _sidecar.Client.SuspendInstanceAsync(new Proto.SuspendRequest { InstanceId = instanceId, Reason = reason ?? "" }, _sidecar.Options(cancellation));
    }

    /// <inheritdoc />
    public async Task ResumeWorkflowAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        await _sidecar.Client.ResumeInstanceAsync(new Proto.ResumeRequest { InstanceId = instanceId, Reason = reason ?? "" }, _sidecar.Options(cancellation));
    }

    /// <inheritdoc />
    public async Task<bool> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var request = new Proto.PurgeInstancesRequest { InstanceId = instanceId, Recursive = true };
        var response = await _sidecar.Client.PurgeInstancesAsync(request, _sidecar.Options(cancellation));
        return response.DeletedInstanceCount > 0;
    }

    /// <inheritdoc />
    public async Task<WorkflowInstancePage> ListInstanceIdsAsync(string? continuationToken = null, int? pageSize = null, CancellationToken cancellation = default)
    {
        var request = new Proto.ListInstanceIDsRequest();
        if (continuationToken is not null)
            request.ContinuationToken = continuationToken;
        if (pageSize is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size, nameof(pageSize));
            request.PageSize = (uint)size;
        }
        var response = await _sidecar.Client.ListInstanceIDsAsync(request, _sidecar.Options(cancellation));
        return new WorkflowInstancePage([.. response.InstanceIds], response.HasContinuationToken ? response.ContinuationToken : null);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<WorkflowHistoryEvent>> GetInstanceHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var request = new Proto.GetInstanceHistoryRequest { InstanceId = instanceId };
        var response = await _sidecar.Client.GetInstanceHistoryAsync(request, _sidecar.Options(cancellation));
        return [.. response.Events.Select(WireConversions.ToPublic)];
    }

    /// <inheritdoc />
    public async Task<string> RerunWorkflowFromEventAsync(
        string sourceInstanceId, uint eventId, RerunWorkflowFromEventOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceInstanceId);
        if (options is { Input: not null, OverwriteInput: false })
            throw new ArgumentException($"{nameof(options.OverwriteInput)} must be set when {nameof(options.Input)} is.", nameof(options));
        var request = new Proto.RerunWorkflowFromEventRequest { SourceInstanceID = sourceInstanceId, EventID = eventId };
        if (options?.NewInstanceId is { } newInstanceId)
            request.NewInstanceID = newInstanceId;
        if (options is { OverwriteInput: true })
        {
            request.OverwriteInput = true;
            request.Input = Serialize(options.Input);
        }
        var response = await _sidecar.Client.RerunWorkflowFromEventAsync(request, _sidecar.Options(cancellation));
        return response.NewInstanceID;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_ownsConnection)
            _sidecar.Dispose();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static Proto.GetInstanceRequest Request(string instanceId, bool getInputsAndOutputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return new Proto.GetInstanceRequest { InstanceId = instanceId, GetInputsAndOutputs = getInputsAndOutputs };
    }

    // A wait outlives the connection it began on: the sidecar may restart in the meantime.
    private async Task<WorkflowState> WaitAsync(
        Func<Proto.GetInstanceRequest, CallOptions, AsyncUnaryCall<Proto.GetInstanceResponse>> wait,
        Proto.GetInstanceRequest request,
        CancellationToken cancellation)
    {
        for (var pause = ShortestWaitPause; ; pause = pause * 2 < LongestWaitPause ? pause * 2 : LongestWaitPause)
        {
            try
            {
                var response = await wait(request, _sidecar.Options(cancellation));
                return response.Exists ? State(response.WorkflowState) : throw new InvalidOperationException($"There is no workflow instance '{request.InstanceId}'.");
            }
            catch (RpcException failure) when (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded)
            {
                await Task.Delay(pause, cancellation);
            }
        }
    }

    private WorkflowState State(Proto.WorkflowState? state) => new(state, _serializer);

    private string Serialize(object? value) => value is null ? "" : _serializer.Serialize(value, value.GetType());
}
