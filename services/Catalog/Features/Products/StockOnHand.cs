using Argosy.Catalog.Domain;
using Argosy.Catalog.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Products;

/// <summary>What is available of some products' variants: what Inventory last said, or the initial stock as long as it has said nothing.</summary>
internal sealed class StockOnHand(IReadOnlyDictionary<string, int> levels)
{
    public static async Task<StockOnHand> ReadAsync(CatalogContext context, IEnumerable<Product> products, CancellationToken cancellationToken)
    {
        var skus = products.SelectMany(p => p.Variants).Select(v => v.Sku).ToArray();
        return new StockOnHand(await context.StockLevels.AsNoTracking()
            .Where(s => skus.Contains(s.Sku))
            .ToDictionaryAsync(s => s.Sku, s => s.Available, cancellationToken));
    }

    public int Of(Variant variant) => levels.TryGetValue(variant.Sku, out var available) ? available : variant.InitialStock;
}
