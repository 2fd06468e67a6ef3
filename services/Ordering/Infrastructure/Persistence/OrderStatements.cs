using Argosy.Ordering.Domain;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Infrastructure.Persistence;

/// <summary>Statements on orders that are not a change of the aggregate, valid on SQLite and PostgreSQL alike.</summary>
internal static class OrderStatements
{
    /// <summary>Takes the key for a request; false when an earlier one, perhaps at this very moment, has taken it.</summary>
    public static async Task<bool> TryTakeKeyAsync(this OrderingContext context, IdempotentRequest request, CancellationToken cancellationToken) =>
        await context.Database.ExecuteSqlInterpolatedAsync($"""
            INSERT INTO idempotent_requests (customer_id, idempotency_key, fingerprint, order_id)
            VALUES ({request.CustomerId}, {request.Key}, {request.Fingerprint}, {request.OrderId})
            ON CONFLICT DO NOTHING
            """, cancellationToken) == 1;

    /// <summary>Whether some workflow should have been started by now, but has not.</summary>
    public static Task<bool> AnyToStartAsync(this OrderingContext context, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Orders.AnyAsync(order => order.WorkflowStartedAt == null && order.StartClaimedUntil <= now, cancellationToken);

    /// <summary>Takes over orders whose starter has died. Whoever takes an order has it alone until <paramref name="until"/>.</summary>
    public static async Task<List<Order>> ClaimToStartAsync(this OrderingContext context, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var (nowColumn, untilColumn) = (now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        // The condition stands twice: PostgreSQL checks only the outer one again after waiting for another replica's claim.
        var claimed = await context.Database.SqlQuery<Guid>($"""
            UPDATE orders SET start_claimed_until = {untilColumn}
            WHERE workflow_started_at IS NULL AND start_claimed_until <= {nowColumn} AND id IN (
                SELECT id FROM orders
                WHERE workflow_started_at IS NULL AND start_claimed_until <= {nowColumn}
                ORDER BY start_claimed_until LIMIT {limit})
            RETURNING id AS "Value"
            """).ToListAsync(cancellationToken);
        return await context.Orders.AsNoTracking().Where(order => claimed.Contains(order.Id)).ToListAsync(cancellationToken);
    }

    public static Task MarkStartedAsync(this OrderingContext context, IReadOnlyCollection<Guid> orderIds, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Orders
            .Where(order => orderIds.Contains(order.Id) && order.WorkflowStartedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(order => order.WorkflowStartedAt, now), cancellationToken);

    /// <summary>Orders whose workflow runs and should have heard by now that the customer wants out, but has not.</summary>
    public static Task<List<Guid>> FindToCancelAsync(this OrderingContext context, DateTimeOffset requestedBefore, int limit, CancellationToken cancellationToken) =>
        context.Orders
            .Where(order => order.CancelRequestedAt <= requestedBefore && order.CancelSignalledAt == null && order.WorkflowStartedAt != null && order.Status != OrderStatus.Cancelled)
            .OrderBy(order => order.CancelRequestedAt)
            .Take(limit)
            .Select(order => order.Id)
            .ToListAsync(cancellationToken);

    public static Task MarkCancelSignalledAsync(this OrderingContext context, IReadOnlyCollection<Guid> orderIds, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Orders
            .Where(order => orderIds.Contains(order.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(order => order.CancelSignalledAt, now), cancellationToken);

    /// <summary>Orders whose workflow should have heard by now that they are packed, but has not.</summary>
    public static Task<List<Guid>> FindToShipAsync(this OrderingContext context, DateTimeOffset requestedBefore, int limit, CancellationToken cancellationToken) =>
        context.Orders
            .Where(order => order.ShipRequestedAt <= requestedBefore && order.ShipSignalledAt == null)
            .OrderBy(order => order.ShipRequestedAt)
            .Take(limit)
            .Select(order => order.Id)
            .ToListAsync(cancellationToken);

    public static Task MarkShipSignalledAsync(this OrderingContext context, IReadOnlyCollection<Guid> orderIds, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Orders
            .Where(order => orderIds.Contains(order.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(order => order.ShipSignalledAt, now), cancellationToken);
}
