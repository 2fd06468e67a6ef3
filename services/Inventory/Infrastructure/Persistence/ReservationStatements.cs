using Argosy.Inventory.Domain;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Inventory.Infrastructure.Persistence;

/// <summary>Changes of reservations as single conditional statements, valid on SQLite and PostgreSQL alike.</summary>
internal static class ReservationStatements
{
    /// <summary>Writes the order's first row; false when it has one.</summary>
    public static async Task<bool> TryInsertAsync(this InventoryContext context, Reservation reservation, CancellationToken cancellationToken) =>
        await context.Database.ExecuteSqlInterpolatedAsync($"""
            INSERT INTO reservations (order_id, state, lines, shortages, lease_expires_at)
            VALUES ({reservation.OrderId}, {ReservationColumns.State(reservation.State)}, {ReservationColumns.Lines(reservation.Lines)},
                    {ReservationColumns.Shortages(reservation.Shortages)}, {ReservationColumns.Time(reservation.LeaseExpiresAt)})
            ON CONFLICT (order_id) DO NOTHING
            """, cancellationToken) == 1;

    public static async Task<bool> TryCommitAsync(this InventoryContext context, Guid orderId, CancellationToken cancellationToken) =>
        await context.Database.ExecuteSqlInterpolatedAsync($"""
            UPDATE reservations SET state = 'committed', lease_expires_at = NULL WHERE order_id = {orderId} AND state = 'reserved'
            """, cancellationToken) == 1;

    /// <summary>Marks what the order holds as gone; null when it holds nothing by a promise.</summary>
    public static Task<Reservation?> TryShipAsync(this InventoryContext context, Guid orderId, CancellationToken cancellationToken) =>
        context.ChangeReservationAsync($"""
            UPDATE reservations SET state = 'shipped' WHERE order_id = {orderId} AND state = 'committed' RETURNING *
            """, cancellationToken);

    /// <summary>Marks what the order holds as given back; null when it holds nothing.</summary>
    public static Task<Reservation?> TryReleaseAsync(this InventoryContext context, Guid orderId, CancellationToken cancellationToken) =>
        context.ChangeReservationAsync($"""
            UPDATE reservations SET state = 'released', lease_expires_at = NULL
            WHERE order_id = {orderId} AND state IN ('reserved', 'committed')
            RETURNING *
            """, cancellationToken);

    /// <summary>The same for a lease that has run out; null when it has not, or holds nothing any more.</summary>
    public static Task<Reservation?> TryReleaseExpiredAsync(this InventoryContext context, Guid orderId, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.ChangeReservationAsync($"""
            UPDATE reservations SET state = 'released', lease_expires_at = NULL
            WHERE order_id = {orderId} AND state = 'reserved' AND lease_expires_at <= {ReservationColumns.Time(now)}
            RETURNING *
            """, cancellationToken);

    public static Task<List<Guid>> FindExpiredAsync(this InventoryContext context, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        context.Reservations
            .Where(reservation => reservation.State == ReservationState.Reserved && reservation.LeaseExpiresAt <= now)
            .OrderBy(reservation => reservation.LeaseExpiresAt)
            .Take(limit)
            .Select(reservation => reservation.OrderId)
            .ToListAsync(cancellationToken);

    public static Task<Reservation?> FindReservationAsync(this InventoryContext context, Guid orderId, CancellationToken cancellationToken) =>
        context.Reservations.AsNoTracking().SingleOrDefaultAsync(reservation => reservation.OrderId == orderId, cancellationToken);

    public static Task<Reservation> GetReservationAsync(this InventoryContext context, Guid orderId, CancellationToken cancellationToken) =>
        context.Reservations.AsNoTracking().SingleAsync(reservation => reservation.OrderId == orderId, cancellationToken);

    // Materialized as a list, because EF may not compose anything around a statement that changes data.
    private static async Task<Reservation?> ChangeReservationAsync(this InventoryContext context, FormattableString statement, CancellationToken cancellationToken) =>
        (await context.Reservations.FromSqlInterpolated(statement).AsNoTracking().ToListAsync(cancellationToken)).SingleOrDefault();
}
