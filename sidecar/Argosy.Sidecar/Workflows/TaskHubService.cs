using Argosy.Sidecar.Hosting;
using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Argosy.Sidecar.Workflows;

/// <summary>The workflow service of the gRPC port, for the SDKs' clients and workers.</summary>
internal sealed class TaskHubService(IHostApplicationLifetime host) : TaskHubSidecarService.TaskHubSidecarServiceBase
{
    /// <summary>At a shutdown, how long workers may take to answer what they have.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(2);

    public override Task<Empty> Hello(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<CreateInstanceResponse> StartInstance(CreateInstanceRequest request, ServerCallContext context) =>
        new() { InstanceId = await Operations(context).StartAsync(request, waitForStart: true, context.CancellationToken) };

    public override async Task<GetInstanceResponse> GetInstance(GetInstanceRequest request, ServerCallContext context) =>
        (await Operations(context).GetAsync(request.InstanceId, context.CancellationToken)).ToResponse(request.GetInputsAndOutputs);

    public override async Task<GetInstanceResponse> WaitForInstanceStart(GetInstanceRequest request, ServerCallContext context) =>
        (await WaitAsync(context, token => Operations(context).WaitForStartAsync(request.InstanceId, token))).ToResponse(request.GetInputsAndOutputs);

    public override async Task<GetInstanceResponse> WaitForInstanceCompletion(GetInstanceRequest request, ServerCallContext context) =>
        (await WaitAsync(context, token => Operations(context).WaitForEndAsync(request.InstanceId, token))).ToResponse(request.GetInputsAndOutputs);

    public override async Task<RaiseEventResponse> RaiseEvent(RaiseEventRequest request, ServerCallContext context) =>
        await Operations(context).RaiseEventAsync(request.InstanceId, request.Name, request.Input, context.CancellationToken)
            ? new RaiseEventResponse()
            : throw WorkflowErrors.NotFound(request.InstanceId);

    public override async Task<TerminateResponse> TerminateInstance(TerminateRequest request, ServerCallContext context) =>
        await Operations(context).TerminateAsync(request.InstanceId, request.Output, request.Recursive, context.CancellationToken)
            ? new TerminateResponse()
            : throw WorkflowErrors.NotFound(request.InstanceId);

    public override async Task<SuspendResponse> SuspendInstance(SuspendRequest request, ServerCallContext context) =>
        await Operations(context).SuspendAsync(request.InstanceId, request.Reason, context.CancellationToken)
            ? new SuspendResponse()
            : throw WorkflowErrors.NotFound(request.InstanceId);

    public override async Task<ResumeResponse> ResumeInstance(ResumeRequest request, ServerCallContext context) =>
        await Operations(context).ResumeAsync(request.InstanceId, request.Reason, context.CancellationToken)
            ? new ResumeResponse()
            : throw WorkflowErrors.NotFound(request.InstanceId);

    public override async Task<PurgeInstancesResponse> PurgeInstances(PurgeInstancesRequest request, ServerCallContext context)
    {
        if (request.RequestCase != PurgeInstancesRequest.RequestOneofCase.InstanceId)
            throw WorkflowErrors.FilterPurge;
        var count = await Operations(context).PurgeAsync(request.InstanceId, request.Recursive, request.Force, context.CancellationToken);
        return new PurgeInstancesResponse { DeletedInstanceCount = count, IsComplete = true };
    }

    public override async Task<RerunWorkflowFromEventResponse> RerunWorkflowFromEvent(RerunWorkflowFromEventRequest request, ServerCallContext context) =>
        new() { NewInstanceID = await Operations(context).RerunAsync(request, context.CancellationToken) };

    public override Task<ListInstanceIDsResponse> ListInstanceIDs(ListInstanceIDsRequest request, ServerCallContext context) =>
        Operations(context).ListAsync(request.HasContinuationToken ? request.ContinuationToken : null, request.HasPageSize ? request.PageSize : null, context.CancellationToken);

    public override async Task<GetInstanceHistoryResponse> GetInstanceHistory(GetInstanceHistoryRequest request, ServerCallContext context) =>
        new() { Events = { await Operations(context).GetHistoryAsync(request.InstanceId, context.CancellationToken) } };

    public override async Task GetWorkItems(GetWorkItemsRequest request, IServerStreamWriter<WorkItem> responseStream, ServerCallContext context)
    {
        var engine = Engine(context);
        await engine.ReadyAsync(context.CancellationToken);
        // The worker learns at once that it is connected, not only with the first item.
        await context.WriteResponseHeadersAsync([]);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var stream = new WorkerStream();
        using var stopping = host.ApplicationStopping.Register(() => _ = DrainAsync(engine, stream, ending));
        engine.Dispatcher.Connect(stream);
        try
        {
            await stream.WriteAsync(responseStream, ending.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or InvalidOperationException && ending.IsCancellationRequested)
        {
            // The worker has left, or the sidecar stops.
        }
        finally
        {
            engine.Dispatcher.Disconnect(stream);
        }
    }

    public override async Task<CompleteTaskResponse> CompleteActivityTask(ActivityResponse request, ServerCallContext context)
    {
        await Engine(context).CompleteActivityAsync(request);
        return new CompleteTaskResponse();
    }

    public override Task<CompleteTaskResponse> CompleteOrchestratorTask(WorkflowResponse request, ServerCallContext context) => CompleteWorkflowTask(request, context);

    public override async Task<CompleteTaskResponse> CompleteWorkflowTask(WorkflowResponse request, ServerCallContext context)
    {
        await Engine(context).CompleteTurnAsync(request);
        return new CompleteTaskResponse();
    }

    private static async Task DrainAsync(WorkflowEngine engine, WorkerStream stream, CancellationTokenSource ending)
    {
        await engine.Dispatcher.DrainAsync(stream, LongestDrain, engine.Time);
        try
        {
            await ending.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The worker has closed the stream meanwhile.
        }
    }

    // A wait must not hold up the shutdown: its client calls again when told that the service is away.
    private async Task<InstanceView> WaitAsync(ServerCallContext context, Func<CancellationToken, Task<InstanceView>> wait)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, host.ApplicationStopping);
        try
        {
            return await wait(either.Token);
        }
        catch (OperationCanceledException) when (host.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the sidecar is shutting down"));
        }
    }

    private static WorkflowEngine Engine(ServerCallContext context) => context.GetHttpContext().GetSidecar().App.Engine<WorkflowEngine>();

    private static WorkflowOperations Operations(ServerCallContext context) => context.GetHttpContext().GetSidecar().App.Engine<WorkflowOperations>();
}
