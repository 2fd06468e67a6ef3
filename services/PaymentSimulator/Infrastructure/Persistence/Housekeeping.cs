using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence;

/// <summary>Forgets what Stripe forgets: answers of idempotent calls and old events.</summary>
internal sealed partial class Housekeeping(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Housekeeping> logger) : BackgroundService
{
    // Stripe promises a day; the workflows of a shop that was down for a weekend shall still find theirs.
    private static readonly TimeSpan KeepCalls = TimeSpan.FromDays(7);
    private static readonly TimeSpan KeepEvents = TimeSpan.FromDays(30);
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The database may be away for a while; the next round tries again.
                LogFailure(logger, failure);
            }
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<SimulatorContext>();
        var (calls, events) = (clock.GetUtcNow() - KeepCalls, clock.GetUtcNow() - KeepEvents);
        await context.IdempotentCalls.Where(call => call.CreatedAt < calls).ExecuteDeleteAsync(cancellationToken);
        await context.Events.Where(item => item.CreatedAt < events && item.DueAt == null).ExecuteDeleteAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 710, Level = LogLevel.Error, Message = "Forgetting old calls and events failed")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}
