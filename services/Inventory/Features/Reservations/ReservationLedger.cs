using Argosy.Contracts.Inventory;
using Argosy.Inventory.Domain;
using Argosy.Inventory.Infrastructure.Persistence;

namespace Argosy.Inventory.Features.Reservations;

/// <summary>Moves stock between available and reserved for orders. Each step is one transaction of conditional statements, so neither
/// parallel requests nor repeated ones can take a unit twice; stock rows are always locked in the order of their SKUs.</summary>
internal sealed class ReservationLedger(InventoryContext context, TimeProvider clock)
{
    /// <summary>Holds all lines or none. The returned state is what the order id has come to, by this request or an earlier one; null, and
    /// nothing noted, when a SKU is not known yet.</summary>
    public async Task<Reservation?> ReserveAsync(Guid orderId, IReadOnlyList<ReservationLine> lines, TimeSpan lease, CancellationToken cancellationToken)
    {
        var reservation = new Reservation
        {
            OrderId = orderId,
            State = ReservationState.Reserved,
            Lines = [.. lines.OrderBy(line => line.Sku, StringComparer.Ordinal)],
            LeaseExpiresAt = clock.GetUtcNow() + lease,
        };
        var shortages = new List<StockShortage>();
        await using (var transaction = await context.Database.BeginTransactionAsync(cancellationToken))
        {
            if (!await context.TryInsertAsync(reservation, cancellationToken))
                return await context.GetReservationAsync(orderId, cancellationToken);

            foreach (var line in reservation.Lines)
            {
                if (await context.TryHoldAsync(line, cancellationToken) is { } item)
                    context.PublishChange(item);
                else if (await context.FindAvailableAsync(line.Sku, cancellationToken) is { } available)
                    shortages.Add(new StockShortage(line.Sku, line.Quantity, available));
                else
                    return null;
            }
            if (shortages.Count == 0)
            {
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return reservation;
            }
        }
        context.ChangeTracker.Clear();
        return await RefuseAsync(orderId, shortages, cancellationToken);
    }

    /// <summary>Turns the lease into a promise to the order. The state tells whether it is one now; null for an unknown order.</summary>
    public async Task<ReservationState?> CommitAsync(Guid orderId, CancellationToken cancellationToken) =>
        await context.InTransactionAsync(token => context.TryCommitAsync(orderId, token), cancellationToken)
            ? ReservationState.Committed
            : (await context.FindReservationAsync(orderId, cancellationToken))?.State;

    /// <summary>Takes what was promised to the order out of the warehouse, once. The state tells whether it has left; null for an unknown order.</summary>
    public async Task<ReservationState?> ShipAsync(Guid orderId, CancellationToken cancellationToken)
    {
        await using (var transaction = await context.Database.BeginTransactionAsync(cancellationToken))
        {
            if (await context.TryShipAsync(orderId, cancellationToken) is { } shipped)
            {
                foreach (var line in shipped.Lines)
                    context.PublishChange(await context.TakeOutAsync(line, cancellationToken));
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return ReservationState.Shipped;
            }
        }
        return (await context.FindReservationAsync(orderId, cancellationToken))?.State;
    }

    /// <summary>Gives back what the order holds. An order that holds nothing yet gets a tombstone, which refuses a reservation that comes late.</summary>
    public async Task ReleaseAsync(Guid orderId, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            if (await context.TryReleaseAsync(orderId, cancellationToken) is { } released)
                await GiveBackAsync(released, cancellationToken);
            else if (!await context.TryInsertAsync(new Reservation { OrderId = orderId, State = ReservationState.Released }, cancellationToken)
                && await context.FindReservationAsync(orderId, cancellationToken) is { State: ReservationState.Reserved or ReservationState.Committed })
                continue; // It was reserved between the two statements.
            await transaction.CommitAsync(cancellationToken);
            return;
        }
    }

    /// <summary>Gives back reservations whose lease has run out; returns how many.</summary>
    public async Task<int> ReleaseExpiredAsync(int limit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var count = 0;
        foreach (var orderId in await context.FindExpiredAsync(now, limit, cancellationToken))
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            if (await context.TryReleaseExpiredAsync(orderId, now, cancellationToken) is not { } released)
                continue; // Committed or released in the meantime.
            await GiveBackAsync(released, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            count++;
        }
        return count;
    }

    private async Task GiveBackAsync(Reservation released, CancellationToken cancellationToken)
    {
        foreach (var line in released.Lines)
            context.PublishChange(await context.GiveBackAsync(line, cancellationToken));
        await context.SaveChangesAsync(cancellationToken);
    }

    private async Task<Reservation> RefuseAsync(Guid orderId, List<StockShortage> shortages, CancellationToken cancellationToken)
    {
        var refusal = new Reservation { OrderId = orderId, State = ReservationState.Refused, Shortages = shortages };
        return await context.InTransactionAsync(token => context.TryInsertAsync(refusal, token), cancellationToken)
            ? refusal
            : await context.GetReservationAsync(orderId, cancellationToken);
    }
}
