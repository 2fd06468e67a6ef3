using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.Ordering.Features.Dispatch;

/// <summary>Brings committed orders to their workflows: those of this process at once and many at a time, and by looking at the rows now and
/// then those that a dead process left behind.</summary>
internal sealed partial class WorkflowDispatcher(
    WorkflowSignals signals,
    WorkflowGateway workflows,
    IServiceScopeFactory scopes,
    SidecarReadiness sidecar,
    TimeProvider clock,
    ILogger<WorkflowDispatcher> logger) : BackgroundService
{
    /// <summary>How long the process that accepted an order has for starting its workflow, before any other may.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RecoveryPause = TimeSpan.FromSeconds(1);
    private const int BatchSize = 64;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await sidecar.WaitAsync(stoppingToken);
        await Task.WhenAll(DispatchAsync(stoppingToken), RecoverAsync(stoppingToken));
    }

    private async Task DispatchAsync(CancellationToken cancellationToken)
    {
        while (await signals.Reader.WaitToReadAsync(cancellationToken))
        {
            var batch = new List<WorkflowSignal>();
            while (batch.Count < BatchSize && signals.Reader.TryRead(out var signal))
                batch.Add(signal);
            await TryAsync(() => workflows.DeliverAsync(batch, cancellationToken));
        }
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RecoveryPause, clock);
        do
        {
            await TryAsync(() => RecoverOnceAsync(cancellationToken));
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task RecoverOnceAsync(CancellationToken cancellationToken)
    {
        while (await FindLeftBehindAsync(cancellationToken) is { Count: > 0 } batch)
        {
            LogRecovered(logger, batch.Count);
            if (!await workflows.DeliverAsync(batch, cancellationToken))
                return; // The sidecar is away; the next round tries again.
        }
    }

    private async Task<List<WorkflowSignal>> FindLeftBehindAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<OrderingContext>();
        var now = clock.GetUtcNow();
        // Looked at first, because on SQLite even a claim of nothing waits for the one writer.
        var starts = await context.AnyToStartAsync(now, cancellationToken)
            ? await context.InTransactionAsync(token => context.ClaimToStartAsync(now, now + Claim, BatchSize, token), cancellationToken)
            : [];
        var cancels = await context.FindToCancelAsync(now - Claim, BatchSize, cancellationToken);
        var shipments = await context.FindToShipAsync(now - Claim, BatchSize, cancellationToken);
        return [.. starts.Select(signals.StartOf), .. cancels.Select(id => new WorkflowSignal.Cancel(id)), .. shipments.Select(id => new WorkflowSignal.Ship(id))];
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The rows still say what is left to do; recovery comes back to them.
            LogFailure(logger, failure);
        }
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Information, Message = "Recovered {Count} orders whose workflow had not been told")]
    private static partial void LogRecovered(ILogger logger, int count);

    [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "Telling workflows failed")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}
