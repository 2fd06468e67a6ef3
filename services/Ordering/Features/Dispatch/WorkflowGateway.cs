using Argosy.Ordering.Domain;
using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.Ordering.Workflows;
using Dapr.Workflow;
using Grpc.Core;

namespace Argosy.Ordering.Features.Dispatch;

/// <summary>Tells workflows what has happened, many at a time, and notes in the rows which have heard it.</summary>
internal sealed partial class WorkflowGateway(DaprWorkflowClient workflows, IServiceScopeFactory scopes, TimeProvider clock, ILogger<WorkflowGateway> logger)
{
    private const int Parallelism = 16;

    /// <summary>False when some could not be delivered; they stay as they are in their rows.</summary>
    public async Task<bool> DeliverAsync(IReadOnlyList<WorkflowSignal> batch, CancellationToken cancellationToken)
    {
        var delivered = new bool[batch.Count];
        await Parallel.ForAsync(0, batch.Count, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken }, async (i, token) =>
            delivered[i] = batch[i].Start is { } input ? await StartAsync(input, token) : await CancelAsync(batch[i].OrderId, token));
        await NoteAsync([.. batch.Where((_, i) => delivered[i])], cancellationToken);
        return Array.TrueForAll(delivered, done => done);
    }

    private async Task<bool> StartAsync(OrderWorkflowInput input, CancellationToken cancellationToken)
    {
        try
        {
            await workflows.ScheduleNewWorkflowAsync(nameof(OrderWorkflow), input.OrderId.ToString(), input, startTime: (DateTimeOffset?)null, cancellationToken);
            return true;
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.AlreadyExists)
        {
            return true; // Started before, by a process that died before it could note so.
        }
        catch (RpcException failure)
        {
            LogNotStarted(logger, input.OrderId, failure.Status.Detail);
            return false;
        }
    }

    private async Task<bool> CancelAsync(Guid orderId, CancellationToken cancellationToken)
    {
        try
        {
            await workflows.RaiseEventAsync(orderId.ToString(), OrderWorkflow.CancelEvent, new CancelRequested(CancelReason.CustomerRequest), cancellationToken);
            return true;
        }
        catch (RpcException failure)
        {
            // Also when the workflow has not started yet: its row says so, and recovery raises the event once it has.
            LogNotCancelled(logger, orderId, failure.Status.Detail);
            return false;
        }
    }

    private async Task NoteAsync(IReadOnlyList<WorkflowSignal> delivered, CancellationToken cancellationToken)
    {
        var started = delivered.Where(signal => signal.Start is not null).Select(signal => signal.OrderId).ToList();
        var cancelled = delivered.Where(signal => signal.Start is null).Select(signal => signal.OrderId).ToList();
        if (delivered.Count == 0)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        await context.InTransactionAsync(async token =>
        {
            var now = clock.GetUtcNow();
            if (started.Count > 0)
                await context.MarkStartedAsync(started, now, token);
            if (cancelled.Count > 0)
                await context.MarkCancelSignalledAsync(cancelled, now, token);
            return true;
        }, cancellationToken);
    }

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "The workflow of order {OrderId} could not be started yet: {Reason}")]
    private static partial void LogNotStarted(ILogger logger, Guid orderId, string reason);

    [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "The workflow of order {OrderId} could not be told yet that it is cancelled: {Reason}")]
    private static partial void LogNotCancelled(ILogger logger, Guid orderId, string reason);
}
