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
            delivered[i] = await DeliverAsync(batch[i], token));
        await NoteAsync([.. batch.Where((_, i) => delivered[i])], cancellationToken);
        return Array.TrueForAll(delivered, done => done);
    }

    private async Task<bool> DeliverAsync(WorkflowSignal signal, CancellationToken cancellationToken)
    {
        try
        {
            await (signal switch
            {
                WorkflowSignal.Start start => StartAsync(start.Input, cancellationToken),
                WorkflowSignal.Cancel => RaiseAsync(OrderWorkflow.CancelEvent, new CancelRequested(CancelReason.CustomerRequest)),
                _ => RaiseAsync(OrderWorkflow.ShipEvent, null),
            });
            return true;
        }
        catch (RpcException failure)
        {
            // Also when the workflow an event is for has not started yet: its row says so, and recovery raises the event once it has.
            LogNotTold(logger, signal.OrderId, signal.GetType().Name, failure.Status.Detail);
            return false;
        }

        Task RaiseAsync(string name, object? payload) => workflows.RaiseEventAsync(signal.OrderId.ToString(), name, payload, cancellationToken);
    }

    private async Task StartAsync(OrderWorkflowInput input, CancellationToken cancellationToken)
    {
        try
        {
            await workflows.ScheduleNewWorkflowAsync(nameof(OrderWorkflow), input.OrderId.ToString(), input, startTime: (DateTimeOffset?)null, cancellationToken);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.AlreadyExists)
        {
            // Started before, by a process that died before it could note so.
        }
    }

    private async Task NoteAsync(IReadOnlyList<WorkflowSignal> delivered, CancellationToken cancellationToken)
    {
        if (delivered.Count == 0)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        await context.InTransactionAsync(async token =>
        {
            var now = clock.GetUtcNow();
            if (Ids<WorkflowSignal.Start>() is { Count: > 0 } started)
                await context.MarkStartedAsync(started, now, token);
            if (Ids<WorkflowSignal.Cancel>() is { Count: > 0 } cancelled)
                await context.MarkCancelSignalledAsync(cancelled, now, token);
            if (Ids<WorkflowSignal.Ship>() is { Count: > 0 } shipped)
                await context.MarkShipSignalledAsync(shipped, now, token);
            return true;
        }, cancellationToken);

        List<Guid> Ids<TSignal>() where TSignal : WorkflowSignal => [.. delivered.OfType<TSignal>().Select(signal => signal.OrderId)];
    }

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "The workflow of order {OrderId} could not be told yet: {Signal}: {Reason}")]
    private static partial void LogNotTold(ILogger logger, Guid orderId, string signal, string reason);
}
