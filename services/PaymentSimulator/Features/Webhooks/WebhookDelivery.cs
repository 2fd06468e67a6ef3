using System.Collections.Concurrent;
using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.PaymentSimulator.Features.Webhooks;

/// <summary>Delivers events at least once: those of one payment one after the other, many payments at a time. One loop reads the queue and
/// writes what came of it, so that many deliveries share a statement.</summary>
internal sealed partial class WebhookDelivery(WebhookSignal signal, WebhookSender sender, IServiceScopeFactory scopes, SidecarReadiness sidecar, TimeProvider clock, ILogger<WebhookDelivery> logger) : BackgroundService
{
    private const int AtATime = 32;

    // Events of this process are signalled; this is for those another replica has left behind.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<(SimulatorEvent Event, bool Arrived)> _done = new();
    private readonly HashSet<string> _inFlight = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await sidecar.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = PauseAfterFailure;
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var context = scope.ServiceProvider.GetRequiredService<SimulatorContext>();
                await RecordAsync(context, stoppingToken);
                pause = await StartNextAsync(context, stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The queue is on disk: whatever it is, deliveries go on once it is over.
                LogFailure(logger, failure);
            }
            await signal.WaitAsync(pause, stoppingToken);
        }
    }

    /// <summary>Writes what came of deliveries. What a crash prevents from being written is delivered again.</summary>
    private async Task RecordAsync(SimulatorContext context, CancellationToken cancellationToken)
    {
        List<(SimulatorEvent Event, bool Arrived)> done = [.. _done];
        await context.MarkDeliveredAsync([.. done.Where(item => item.Arrived).Select(item => item.Event)], clock.GetUtcNow(), cancellationToken);
        foreach (var (item, _) in done.Where(item => !item.Arrived))
            await context.PutOffAsync(item, clock.GetUtcNow(), cancellationToken);
        for (var i = 0; i < done.Count; i++)
        {
            if (_done.TryDequeue(out var item))
                _inFlight.Remove(item.Event.PaymentIntentId);
        }
    }

    /// <returns>How long there is nothing to do unless signalled.</returns>
    private async Task<TimeSpan> StartNextAsync(SimulatorContext context, CancellationToken cancellationToken)
    {
        if (_inFlight.Count >= AtATime)
            return LookInterval;
        foreach (var item in await context.NextAsync(AtATime + _inFlight.Count, cancellationToken))
        {
            if (_inFlight.Count >= AtATime)
                return LookInterval;
            if (_inFlight.Contains(item.PaymentIntentId))
                continue;
            var wait = item.DueAt!.Value - clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
                return wait < LookInterval ? wait : LookInterval;
            _inFlight.Add(item.PaymentIntentId);
            _ = DeliverAsync(item, cancellationToken);
        }
        return LookInterval;
    }

    private async Task DeliverAsync(SimulatorEvent item, CancellationToken cancellationToken)
    {
        var arrived = false;
        try
        {
            arrived = await sender.SendAsync(item, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailure(logger, failure);
        }
        finally
        {
            _done.Enqueue((item, arrived));
            signal.Raise();
        }
    }

    [LoggerMessage(EventId = 722, Level = LogLevel.Error, Message = "Delivering webhooks failed")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}
