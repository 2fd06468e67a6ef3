using Argosy.Basket.Domain;
using Argosy.Contracts;
using Argosy.Contracts.Catalog;

namespace Argosy.Basket.Tests.Domain;

public sealed class PricingTests
{
    [Theory]
    [InlineData(0, 1, 0, 0, 0, 0)]
    [InlineData(1000, 1, 1000, 490, 238, 1490)]
    [InlineData(4999, 1, 4999, 490, 876, 5489)]
    [InlineData(5000, 1, 5000, 0, 798, 5000)]
    [InlineData(1666, 3, 4998, 490, 876, 5488)]
    [InlineData(1667, 3, 5001, 0, 798, 5001)]
    [InlineData(10_000_000, 99, 990_000_000, 0, 158_067_227, 990_000_000)]
    public void Price_OneLine_HasShippingAndIncludedTax(long unitPrice, int quantity, long subtotal, long shipping, long tax, long total)
    {
        var basket = Argosy.Basket.Domain.Basket.Empty with { Items = unitPrice == 0 ? [] : [new BasketItem("A", quantity)] };
        var priced = Pricing.Price(basket, new Dictionary<string, PriceQuote> { ["A"] = Quote("A", unitPrice) });
        Assert.Equal((subtotal, 0, shipping, tax, total), (priced.Subtotal.Amount, priced.Discount.Amount, priced.Shipping.Amount, priced.Tax.Amount, priced.Total.Amount));
    }

    [Fact]
    public void Price_ManyLines_AddUp()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var items = Enumerable.Range(0, random.Next(1, 50)).Select(i => new BasketItem($"S{i}", random.Next(1, 100))).ToList();
            var priced = Pricing.Price(Argosy.Basket.Domain.Basket.Empty with { Items = items }, items.ToDictionary(i => i.Sku, i => Quote(i.Sku, random.Next(1, 1_000_000))));
            Assert.All(priced.Items, line => Assert.Equal(line.UnitPrice.Amount * line.Quantity, line.LineTotal.Amount));
            Assert.Equal(priced.Items.Sum(line => line.LineTotal.Amount), priced.Subtotal.Amount);
            Assert.Equal(priced.Subtotal.Amount - priced.Discount.Amount + priced.Shipping.Amount, priced.Total.Amount);
            // 19 % on top of the net amount gives the gross amount again, to the cent.
            Assert.InRange((priced.Total.Amount - priced.Tax.Amount) * 119 - priced.Total.Amount * 100, -60, 60);
        }
    }

    [Fact]
    public void Price_LineWithoutQuote_IsLeftOut()
    {
        var basket = Argosy.Basket.Domain.Basket.Empty with { Items = [new("GONE", 1), new("A", 1)] };
        var priced = Pricing.Price(basket, new Dictionary<string, PriceQuote> { ["A"] = Quote("A", 6000) });
        Assert.Equal(["A"], priced.Items.Select(i => i.Sku));
        Assert.Equal(6000, priced.Total.Amount);
    }

    private static PriceQuote Quote(string sku, long price) => new(sku, "p", $"Title {sku}", new Money(price, "EUR"), null);
}
