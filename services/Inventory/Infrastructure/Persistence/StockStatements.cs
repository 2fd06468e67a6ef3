using Argosy.Contracts.Inventory;
using Argosy.Inventory.Domain;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Inventory.Infrastructure.Persistence;

/// <summary>Changes of stock as single conditional statements, valid on SQLite and PostgreSQL alike; each returns the row as it has become.</summary>
internal static class StockStatements
{
    /// <summary>Reserves units; null when fewer are available or nobody knows the SKU.</summary>
    public static Task<StockItem?> TryHoldAsync(this InventoryContext context, ReservationLine line, CancellationToken cancellationToken) =>
        context.ChangeStockAsync($"""
            UPDATE stock SET reserved = reserved + {line.Quantity}, version = version + 1
            WHERE sku = {line.Sku} AND on_hand - reserved >= {line.Quantity}
            RETURNING *
            """, cancellationToken);

    /// <summary>Makes reserved units available again.</summary>
    public static async Task<StockItem> GiveBackAsync(this InventoryContext context, ReservationLine line, CancellationToken cancellationToken) =>
        await context.ChangeStockAsync($"""
            UPDATE stock SET reserved = reserved - {line.Quantity}, version = version + 1
            WHERE sku = {line.Sku}
            RETURNING *
            """, cancellationToken)
        ?? throw new InvalidOperationException($"Stock of {line.Sku} is reserved, yet there is no such SKU.");

    /// <summary>Takes reserved units out of the warehouse.</summary>
    public static async Task<StockItem> TakeOutAsync(this InventoryContext context, ReservationLine line, CancellationToken cancellationToken) =>
        await context.ChangeStockAsync($"""
            UPDATE stock SET on_hand = on_hand - {line.Quantity}, reserved = reserved - {line.Quantity}, version = version + 1
            WHERE sku = {line.Sku}
            RETURNING *
            """, cancellationToken)
        ?? throw new InvalidOperationException($"Stock of {line.Sku} is reserved, yet there is no such SKU.");

    /// <summary>Sets what is on hand; null when that is less than what is reserved, or the version is another one, or the SKU unknown.</summary>
    public static Task<StockItem?> TrySetOnHandAsync(this InventoryContext context, string sku, int onHand, long? version, CancellationToken cancellationToken) =>
        version is { } expected
            ? context.ChangeStockAsync($"""
                UPDATE stock SET on_hand = {onHand}, version = version + 1
                WHERE sku = {sku} AND reserved <= {onHand} AND version = {expected}
                RETURNING *
                """, cancellationToken)
            : context.ChangeStockAsync($"""
                UPDATE stock SET on_hand = {onHand}, version = version + 1
                WHERE sku = {sku} AND reserved <= {onHand}
                RETURNING *
                """, cancellationToken);

    /// <summary>Units that can be had; null when nobody knows the SKU.</summary>
    public static Task<int?> FindAvailableAsync(this InventoryContext context, string sku, CancellationToken cancellationToken) =>
        context.Stock.Where(item => item.Sku == sku).Select(item => (int?)(item.OnHand - item.Reserved)).SingleOrDefaultAsync(cancellationToken);

    public static void PublishChange(this InventoryContext context, StockItem item) =>
        context.Publish(new StockChanged(item.Sku, item.Version, item.OnHand, item.Reserved, item.Available));

    // Materialized as a list, because EF may not compose anything around a statement that changes data.
    private static async Task<StockItem?> ChangeStockAsync(this InventoryContext context, FormattableString statement, CancellationToken cancellationToken) =>
        (await context.Stock.FromSqlInterpolated(statement).AsNoTracking().ToListAsync(cancellationToken)).SingleOrDefault();
}
