namespace Argosy.Inventory.Domain;

/// <summary>The stock of one SKU. Units promised to orders stay on hand until they are shipped, so on hand = available + reserved.</summary>
internal sealed class StockItem
{
    public const int SkuLength = 64;

    public required string Sku { get; init; }

    public int OnHand { get; init; }

    /// <summary>Units that reservations hold, whether leased or committed to an order.</summary>
    public int Reserved { get; init; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; init; }

    public int Available => OnHand - Reserved;
}
