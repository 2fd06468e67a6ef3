using Argosy.ServiceDefaults.Errors;

namespace Argosy.Basket.Domain;

/// <summary>What a customer wants to buy, as it lies in the state store: SKUs and quantities only, since titles and prices are the catalog's.
/// Immutable; every change gives a new basket.</summary>
/// <param name="Items">In the order they were put in.</param>
/// <param name="BoughtBy">The orders whose lines were taken out already, newest last.</param>
/// <param name="SavedAt">When it was last written; its time to live counts from there.</param>
internal sealed record Basket(IReadOnlyList<BasketItem> Items, IReadOnlyList<string> BoughtBy, DateTimeOffset SavedAt)
{
    public const int MaximumLines = 50;
    public const int MaximumQuantity = 99;

    // Events are redelivered within minutes or hours; nobody places so many orders meanwhile.
    private const int RememberedOrders = 100;

    public static Basket Empty { get; } = new([], [], DateTimeOffset.UnixEpoch);

    /// <summary>Sets how many of a SKU are wanted; 0 takes it out.</summary>
    public Result<Basket> Put(string sku, int quantity)
    {
        if (quantity is < 0 or > MaximumQuantity)
            return BasketErrors.QuantityOutOfRange;
        if (quantity == 0)
            return this with { Items = [.. Items.Where(item => item.Sku != sku)] };
        if (Items.Any(item => item.Sku == sku))
            return this with { Items = [.. Items.Select(item => item.Sku == sku ? item with { Quantity = quantity } : item)] };
        if (Items.Count >= MaximumLines)
            return BasketErrors.Full;
        return this with { Items = [.. Items, new BasketItem(sku, quantity)] };
    }

    /// <summary>Leaves out what is not for sale any more.</summary>
    public Basket KeepOnly(Predicate<string> isSold) =>
        Items.All(item => isSold(item.Sku)) ? this : this with { Items = [.. Items.Where(item => isSold(item.Sku))] };

    /// <summary>Takes out what an order bought, and only that: what was added meanwhile stays. The same order again changes nothing.</summary>
    public Basket RemoveBought(string orderId, IEnumerable<BasketItem> lines)
    {
        if (BoughtBy.Contains(orderId))
            return this;
        var bought = lines.GroupBy(line => line.Sku).ToDictionary(group => group.Key, group => group.Sum(line => line.Quantity));
        return this with
        {
            Items = [.. Items.Select(item => item with { Quantity = item.Quantity - bought.GetValueOrDefault(item.Sku) }).Where(item => item.Quantity > 0)],
            BoughtBy = [.. BoughtBy.TakeLast(RememberedOrders - 1), orderId],
        };
    }
}

/// <summary>A line of a basket.</summary>
internal sealed record BasketItem(string Sku, int Quantity);
