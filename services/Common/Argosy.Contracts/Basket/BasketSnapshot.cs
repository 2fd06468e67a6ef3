namespace Argosy.Contracts.Basket;

/// <summary>A basket with current prices: <c>GET /internal/baskets/{customerId}</c>, also the public shape of <c>GET /api/basket</c>.</summary>
public sealed record BasketSnapshot(
    IReadOnlyList<BasketLine> Items,
    Money Subtotal,
    Money Discount,
    Money Shipping,
    Money Tax,
    Money Total);

/// <summary>A line of a basket, priced by the catalog.</summary>
public sealed record BasketLine(string Sku, string Title, int Quantity, Money UnitPrice, Money LineTotal, string? Image);
