namespace Argosy.Contracts.Inventory;

/// <summary>The stock of a SKU changed. On hand = available + reserved, always.</summary>
/// <param name="Version">Grows with each change of the SKU; an older version than the one known is stale.</param>
public sealed record StockChanged(string Sku, long Version, int OnHand, int Reserved, int Available) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "stock-changed";
}
