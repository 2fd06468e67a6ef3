using Argosy.Inventory.Domain;

namespace Argosy.Inventory.Features.Stock;

/// <summary>The stock of a SKU as clients see it.</summary>
/// <param name="Available">What can be ordered now: on hand less reserved.</param>
/// <param name="OnHand">Units in the warehouse.</param>
/// <param name="Reserved">Units promised to orders that are not shipped yet.</param>
/// <param name="Version">Grows with every change; also the ETag.</param>
public sealed record StockView(string Sku, int Available, int OnHand, int Reserved, long Version)
{
    internal static StockView Of(StockItem item) => new(item.Sku, item.Available, item.OnHand, item.Reserved, item.Version);
}
