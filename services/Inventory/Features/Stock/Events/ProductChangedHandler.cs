using Argosy.Contracts.Catalog;
using Argosy.Inventory.Domain;
using Argosy.Inventory.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Inventory.Features.Stock.Events;

/// <summary>Gives SKUs nobody has counted yet their initial stock; known SKUs keep theirs, whatever the event says.</summary>
internal static class ProductChangedHandler
{
    public static async Task HandleAsync(ProductChanged product, InventoryContext context, CancellationToken cancellationToken)
    {
        var skus = product.Variants.Select(variant => variant.Sku).ToList();
        var known = await context.Stock.Where(item => skus.Contains(item.Sku)).Select(item => item.Sku).ToListAsync(cancellationToken);
        foreach (var variant in product.Variants.ExceptBy(known, variant => variant.Sku).DistinctBy(variant => variant.Sku))
        {
            var item = new StockItem { Sku = variant.Sku, OnHand = Math.Max(0, variant.InitialStock), Version = 1 };
            context.Add(item);
            context.PublishChange(item);
        }
    }
}
