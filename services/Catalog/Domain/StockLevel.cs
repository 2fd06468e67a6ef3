namespace Argosy.Catalog.Domain;

/// <summary>What Inventory last said about a SKU. Kept apart from the product, so that news about stock and edits of products never
/// meet on one row, and news about a SKU that is not for sale yet is not lost.</summary>
internal sealed class StockLevel
{
    public string Sku { get; private set; } = "";

    public int Available { get; private set; }

    /// <summary>Inventory's version of the SKU; older news is ignored.</summary>
    public long Version { get; private set; }
}
