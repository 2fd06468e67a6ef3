using Argosy.Inventory.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Http;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Inventory.Features.Stock;

internal static class ListStock
{
    public static void MapListStock(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/inventory", HandleAsync)
            .RequireOperator()
            .WithName("ListStock").WithSummary("The stock of all SKUs, in their order").WithTags("Inventory")
            .Produces<Paged<StockView>>();

    private static async Task<Paged<StockView>> HandleAsync(PageRequest page, InventoryContext context, CancellationToken cancellationToken)
    {
        var items = await context.Stock.AsNoTracking()
            .OrderBy(item => item.Sku)
            .Skip(page.Skip)
            .Take(page.PageSize)
            .ToListAsync(cancellationToken);
        return new Paged<StockView>([.. items.Select(StockView.Of)], page.Page, page.PageSize, await context.Stock.CountAsync(cancellationToken));
    }
}
