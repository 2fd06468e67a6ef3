using Argosy.Inventory.Domain;
using Argosy.Inventory.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Inventory.Features.Audit;

/// <summary>Compares what stock rows say is reserved with what reservations hold. The two must agree at every moment.</summary>
internal static class InventoryAudit
{
    public static void MapInventoryAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/inventory/audit", TakeAsync).ExcludeFromDescription();

    public static async Task<InventoryAuditReport> TakeAsync(InventoryContext context, CancellationToken cancellationToken)
    {
        // One transaction, so that both sides are of the same moment.
        await using var transaction = await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellationToken);
        var stock = await context.Stock.AsNoTracking().ToListAsync(cancellationToken);
        var states = await context.Reservations.GroupBy(reservation => reservation.State)
            .Select(group => new { State = group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var held = new Dictionary<string, long>();
        await foreach (var reservation in context.Reservations.AsNoTracking()
            .Where(reservation => reservation.State == ReservationState.Reserved || reservation.State == ReservationState.Committed)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            foreach (var line in reservation.Lines)
                held[line.Sku] = held.GetValueOrDefault(line.Sku) + line.Quantity;
        }
        return new InventoryAuditReport(
            stock.Count,
            stock.Sum(item => (long)item.OnHand),
            stock.Sum(item => (long)item.Reserved),
            stock.Sum(item => (long)item.Available),
            states.ToDictionary(entry => entry.State.ToString().ToLowerInvariant(), entry => entry.Count),
            [.. stock.Where(item => item.Reserved != held.GetValueOrDefault(item.Sku) || item.Available < 0 || item.Reserved < 0).Select(item => item.Sku).Union(held.Keys.Except(stock.Select(item => item.Sku))).Order()]);
    }
}

/// <summary>The state of the whole inventory.</summary>
/// <param name="Reservations">How many reservations there are by state.</param>
/// <param name="Broken">SKUs whose figures do not agree; always empty.</param>
public sealed record InventoryAuditReport(int Skus, long OnHand, long Reserved, long Available, IReadOnlyDictionary<string, int> Reservations, IReadOnlyList<string> Broken);
