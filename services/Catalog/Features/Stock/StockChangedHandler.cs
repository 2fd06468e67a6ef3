using Argosy.Catalog.Domain;
using Argosy.Catalog.Infrastructure.Persistence;
using Argosy.Contracts.Inventory;
using Argosy.ServiceDefaults.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Stock;

/// <summary>Keeps what lists and product pages show as available.</summary>
internal static class StockChangedHandler
{
    public static void MapStockChanged(this IEndpointRouteBuilder routes) => routes.MapEvent<StockChanged, CatalogContext>(HandleAsync);

    /// <summary>One statement decides whether the news is news, so that two replicas cannot both think so.</summary>
    public static async Task HandleAsync(StockChanged stock, CatalogContext context, CancellationToken cancellationToken)
    {
        var changed = await context.Database.ExecuteSqlAsync($"""
            INSERT INTO stock_levels (sku, available, version) VALUES ({stock.Sku}, {stock.Available}, {stock.Version})
            ON CONFLICT (sku) DO UPDATE SET available = excluded.available, version = excluded.version
            WHERE excluded.version > stock_levels.version
            """, cancellationToken);
        if (changed > 0)
            await context.TouchAsync(Revision.Stock, cancellationToken);
    }
}
