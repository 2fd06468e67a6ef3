namespace Argosy.Inventory.Features.Reservations;

/// <summary>Releases reservations that were neither committed nor released within their lease. Any number of replicas may sweep.</summary>
internal sealed partial class LeaseSweep(IServiceScopeFactory scopes, TimeProvider clock, ILogger<LeaseSweep> logger) : BackgroundService
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The database may be away for a while; the next round tries again.
                LogFailure(logger, failure);
            }
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        int released;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            released = await scope.ServiceProvider.GetRequiredService<ReservationLedger>().ReleaseExpiredAsync(BatchSize, cancellationToken);
            if (released > 0)
                LogReleased(logger, released);
        }
        while (released == BatchSize);
    }

    [LoggerMessage(EventId = 200, Level = LogLevel.Information, Message = "Released {Count} reservations whose lease ran out")]
    private static partial void LogReleased(ILogger logger, int count);

    [LoggerMessage(EventId = 201, Level = LogLevel.Error, Message = "Looking for expired leases failed")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}
