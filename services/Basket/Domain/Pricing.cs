using Argosy.Contracts;
using Argosy.Contracts.Basket;
using Argosy.Contracts.Catalog;

namespace Argosy.Basket.Domain;

/// <summary>What a basket costs. Prices include value-added tax, so <c>tax</c> is the part of the total that is tax and not added to it.</summary>
internal static class Pricing
{
    private const string Currency = "EUR";
    private const int TaxPercent = 19;
    private static readonly Money ShippingFee = new(490, Currency);
    private static readonly Money FreeShippingFrom = new(5000, Currency);

    /// <summary>The basket with current titles and prices. Lines without a quote are no longer sold and are left out.</summary>
    public static BasketSnapshot Price(Basket basket, IReadOnlyDictionary<string, PriceQuote> quotes)
    {
        var zero = Money.Zero(Currency);
        BasketLine[] lines = [.. basket.Items.Where(item => quotes.ContainsKey(item.Sku)).Select(item => Line(item, quotes[item.Sku]))];
        var subtotal = lines.Aggregate(zero, (sum, line) => sum + line.LineTotal);
        var shipping = lines.Length == 0 || subtotal.Amount >= FreeShippingFrom.Amount ? zero : ShippingFee;
        var total = subtotal + shipping;
        return new BasketSnapshot(lines, subtotal, Discount: zero, shipping, IncludedTax(total), total);
    }

    private static BasketLine Line(BasketItem item, PriceQuote quote) => new(item.Sku, quote.Title, item.Quantity, quote.Price, quote.Price * item.Quantity, quote.Image);

    private static Money IncludedTax(Money gross) =>
        gross with { Amount = (long)Math.Round(gross.Amount * (decimal)TaxPercent / (100 + TaxPercent), MidpointRounding.AwayFromZero) };
}
