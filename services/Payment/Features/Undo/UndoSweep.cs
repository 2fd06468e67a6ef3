using Argosy.Payment.Features.Payments;
using Argosy.Payment.Infrastructure.Gateway;
using Argosy.Payment.Infrastructure.Persistence;
using Microsoft.Extensions.Options;

namespace Argosy.Payment.Features.Undo;

/// <summary>Tells the gateway of payments that are given up and of which it has not been told yet: their request died, or the gateway did not
/// answer. Any number of replicas may sweep.</summary>
internal sealed partial class UndoSweep(IServiceScopeFactory scopes, IOptions<PaymentGatewayOptions> options, TimeProvider clock, ILogger<UndoSweep> logger) : BackgroundService
{
    private const int BatchSize = 50;
    private const int Parallelism = 8;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.UndoIntervalSeconds), clock);
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
        List<Guid> due;
        await using (var scope = scopes.CreateAsyncScope())
            due = await scope.ServiceProvider.GetRequiredService<PaymentContext>().FindToUndoAsync(clock.GetUtcNow(), BatchSize, cancellationToken);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken }, async (orderId, token) =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await UndoAsync(scope.ServiceProvider, orderId, token);
        });
    }

    private static async Task UndoAsync(IServiceProvider services, Guid orderId, CancellationToken cancellationToken)
    {
        var payment = await services.GetRequiredService<PaymentContext>().GetPaymentAsync(orderId, cancellationToken);
        var undo = services.GetRequiredService<GatewayUndo>();
        var claimed = false;
        payment = await services.GetRequiredService<PaymentBook>().ChangeAsync(
            payment, (current, now) => claimed = current.TryClaimUndo(now + undo.Claim, now), cancellationToken);
        if (claimed)
            await undo.RunAsync(payment);
    }

    [LoggerMessage(EventId = 422, Level = LogLevel.Error, Message = "Looking for payments to undo failed")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}
