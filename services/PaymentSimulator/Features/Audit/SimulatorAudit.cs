using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Features.Audit;

/// <summary>The gateway's books in a few figures, to be compared with the shop's own.</summary>
internal static class SimulatorAudit
{
    public static void MapSimulatorAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/paymentsimulator/audit", TakeAsync).ExcludeFromDescription();

    private static async Task<SimulatorAuditReport> TakeAsync(SimulatorContext context, CancellationToken cancellationToken)
    {
        // One transaction, so that all figures are of the same moment.
        await using var transaction = await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellationToken);
        var statuses = await context.PaymentIntents.GroupBy(intent => intent.Status)
            .Select(group => new { Status = group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return new SimulatorAuditReport(
            statuses.ToDictionary(entry => StripeName<IntentStatus>.Of(entry.Status), entry => entry.Count),
            await context.PaymentIntents.SumAsync(intent => intent.AmountCapturable, cancellationToken),
            await context.Charges.SumAsync(charge => charge.AmountCaptured, cancellationToken),
            await context.Refunds.SumAsync(refund => refund.Amount, cancellationToken),
            await context.Charges.Where(charge => charge.Succeeded && charge.OrderId != null).GroupBy(charge => charge.OrderId).CountAsync(orders => orders.Count() > 1, cancellationToken),
            await context.Events.CountAsync(item => item.DueAt != null, cancellationToken));
    }
}

/// <summary>The gateway's books; amounts are sums over all currencies in minor units.</summary>
/// <param name="Intents">How many payment intents there are by status.</param>
/// <param name="Authorized">What is held and not yet captured.</param>
/// <param name="Captured">What was captured, refunded or not.</param>
/// <param name="Refunded">What was given back.</param>
/// <param name="OrdersChargedTwice">Orders with more than one successful charge; always 0.</param>
/// <param name="WebhooksPending">Events that are still to be delivered.</param>
internal sealed record SimulatorAuditReport(IReadOnlyDictionary<string, int> Intents, long Authorized, long Captured, long Refunded, int OrdersChargedTwice, int WebhooksPending);
