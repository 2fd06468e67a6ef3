using Dapr.DurableTask.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dapr.Workflow.Worker;

/// <summary>Takes work items from the sidecar and answers them, for as long as the app runs. A broken stream is opened again; the sidecar then hands
/// out anew what was not answered.</summary>
internal sealed partial class WorkflowWorker(SidecarConnection sidecar, TurnRunner turns, ActivityRunner activities, ILogger<WorkflowWorker> logger) : BackgroundService
{
    private const int ConcurrentTurns = 100;
    private const int ConcurrentActivities = 100;

    private static readonly TimeSpan HelloPeriod = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turnSlots = new(ConcurrentTurns);
    private readonly SemaphoreSlim _activitySlots = new(ConcurrentActivities);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _draining;
    private int _running = 1;

    /// <summary>Lets running items be answered while the stream is still open; a closed stream would make the sidecar hand them out again.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_draining)
        {
            _draining = true;
            Leave();
        }
        await Task.WhenAny(_drained.Task, Task.Delay(Timeout.Infinite, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _turnSlots.Dispose();
        _activitySlots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Hosted services are started one after the other: the app must not wait for the sidecar here.
        await Task.Yield();
        var pause = ShortestPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ReadStreamAsync(() => pause = ShortestPause, stoppingToken);
                LogStreamEnded(logger);
            }
            catch (Exception failure) when (failure is RpcException or IOException or HttpRequestException && !stoppingToken.IsCancellationRequested)
            {
                LogStreamBroken(logger, (failure as RpcException)?.StatusCode ?? StatusCode.Unavailable, pause.TotalMilliseconds);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task ReadStreamAsync(Action connected, CancellationToken stoppingToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var stream = sidecar.Client.GetWorkItems(new GetWorkItemsRequest(), sidecar.Options(ended.Token));
        await stream.ResponseHeadersAsync;
        connected();
        LogConnected(logger);
        var hello = KeepAliveAsync(ended.Token);
        try
        {
            while (await stream.ResponseStream.MoveNext(ended.Token))
                Accept(stream.ResponseStream.Current);
        }
        finally
        {
            await ended.CancelAsync();
            await hello;
        }
    }

    private async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(HelloPeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await sidecar.Client.HelloAsync(new Empty(), sidecar.Options(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (RpcException failure)
        {
            // The stream itself notices a lost sidecar; this call only keeps idle connections open on the way.
            LogHelloFailed(logger, failure.StatusCode);
        }
    }

    private void Accept(WorkItem item)
    {
        if (_draining)
            return;
        Interlocked.Increment(ref _running);
        ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Worker.RunAsync(work.Item), (Worker: this, Item: item), preferLocal: false);
    }

    private async Task RunAsync(WorkItem item)
    {
        try
        {
            switch (item.RequestCase)
            {
                case WorkItem.RequestOneofCase.WorkflowRequest:
                    await RunTurnAsync(item.WorkflowRequest, item.CompletionToken);
                    break;
                case WorkItem.RequestOneofCase.ActivityRequest:
                    await RunActivityAsync(item.ActivityRequest, item.CompletionToken);
                    break;
                default:
                    LogUnknownItem(logger);
                    break;
            }
        }
#pragma warning disable CA1031 // An item that cannot be answered is handed out again by the sidecar; the others go on.
        catch (Exception failure)
        {
            LogNotAnswered(logger, failure, item.WorkflowRequest?.InstanceId ?? item.ActivityRequest?.WorkflowInstance?.InstanceId);
        }
        finally
        {
            Leave();
        }
    }

    private async Task RunTurnAsync(WorkflowRequest request, string token)
    {
        await _turnSlots.WaitAsync();
        try
        {
            if (_draining)
                return;
            var response = await turns.RunAsync(request, token);
            await AnswerAsync(() => sidecar.Client.CompleteOrchestratorTaskAsync(response, sidecar.Options(default)));
        }
        finally
        {
            _turnSlots.Release();
        }
    }

    private async Task RunActivityAsync(ActivityRequest request, string token)
    {
        await _activitySlots.WaitAsync();
        try
        {
            if (_draining)
                return;
            var response = await activities.RunAsync(request, token);
            await AnswerAsync(() => sidecar.Client.CompleteActivityTaskAsync(response, sidecar.Options(default)));
        }
        finally
        {
            _activitySlots.Release();
        }
    }

    // A moment without a sidecar must not cost a finished activity: after a restart the sidecar still takes the answer or asks again.
    private static async Task AnswerAsync(Func<AsyncUnaryCall<CompleteTaskResponse>> send)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await send();
                return;
            }
            catch (RpcException failure) when (failure.StatusCode == StatusCode.Unavailable && attempt < 4)
            {
                await Task.Delay(ShortestPause * attempt);
            }
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _running) == 0)
            _drained.TrySetResult();
    }

    [LoggerMessage(10, LogLevel.Information, "Connected to the sidecar for workflow work")]
    private static partial void LogConnected(ILogger logger);

    [LoggerMessage(11, LogLevel.Information, "The sidecar closed the stream of workflow work")]
    private static partial void LogStreamEnded(ILogger logger);

    [LoggerMessage(12, LogLevel.Warning, "No stream of workflow work from the sidecar ({Status}); next attempt in {Milliseconds} ms")]
    private static partial void LogStreamBroken(ILogger logger, StatusCode status, double milliseconds);

    [LoggerMessage(13, LogLevel.Debug, "Keep-alive call failed with {Status}")]
    private static partial void LogHelloFailed(ILogger logger, StatusCode status);

    [LoggerMessage(14, LogLevel.Warning, "The sidecar sent a kind of workflow work this worker does not know")]
    private static partial void LogUnknownItem(ILogger logger);

    [LoggerMessage(15, LogLevel.Error, "Work of workflow instance {InstanceId} could not be answered")]
    private static partial void LogNotAnswered(ILogger logger, Exception failure, string? instanceId);
}
