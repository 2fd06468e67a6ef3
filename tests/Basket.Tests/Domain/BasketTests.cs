using Argosy.Basket.Domain;
using BasketOf = Argosy.Basket.Domain.Basket;

namespace Argosy.Basket.Tests.Domain;

public sealed class BasketTests
{
    [Fact]
    public void Put_NewKnownAndZero_AddSetAndRemove()
    {
        var basket = With(("A", 2), ("B", 1));
        Assert.Equal([new("A", 2), new("B", 1), new("C", 3)], basket.Put("C", 3).Value.Items);
        Assert.Equal([new("A", 5), new("B", 1)], basket.Put("A", 5).Value.Items);
        Assert.Equal([new("B", 1)], basket.Put("A", 0).Value.Items);
        Assert.Equal(basket.Items, basket.Put("X", 0).Value.Items);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void Put_QuantityOutOfRange_IsRefused(int quantity) => Assert.Equal("quantity-out-of-range", With(("A", 1)).Put("A", quantity).Error!.Code);

    [Fact]
    public void Put_FullBasket_TakesNoNewLineButChangesOldOnes()
    {
        var basket = With([.. Enumerable.Range(0, BasketOf.MaximumLines).Select(i => ($"S{i}", 1))]);
        Assert.Equal("basket-full", basket.Put("NEW", 1).Error!.Code);
        Assert.Equal(99, basket.Put("S7", 99).Value.Items[7].Quantity);
        Assert.Equal(BasketOf.MaximumLines, basket.Put("S7", 0).Value.Put("NEW", 1).Value.Items.Count);
    }

    [Fact]
    public void RemoveBought_Order_TakesExactlyTheBoughtQuantities()
    {
        var basket = With(("A", 5), ("B", 1), ("C", 2)).RemoveBought("o-1", [new("A", 2), new("B", 1), new("X", 9)]);
        Assert.Equal([new("A", 3), new("C", 2)], basket.Items);
    }

    [Fact]
    public void RemoveBought_SameOrderAgain_ChangesNothing()
    {
        var once = With(("A", 5)).RemoveBought("o-1", [new("A", 2)]);
        Assert.Same(once, once.RemoveBought("o-1", [new("A", 2)]));
        Assert.Equal([new("A", 1)], once.RemoveBought("o-2", [new("A", 2)]).Items);
    }

    [Fact]
    public void RemoveBought_ManyOrders_RemembersABoundedNumber()
    {
        var basket = BasketOf.Empty;
        for (var i = 0; i < 500; i++)
            basket = basket.RemoveBought($"o-{i}", []);
        Assert.Equal(100, basket.BoughtBy.Count);
        Assert.Equal("o-499", basket.BoughtBy[^1]);
    }

    [Fact]
    public void KeepOnly_UnsoldLines_LeaveTheBasket() => Assert.Equal([new("B", 1)], With(("A", 5), ("B", 1)).KeepOnly(sku => sku == "B").Items);

    private static BasketOf With(params (string Sku, int Quantity)[] lines) => BasketOf.Empty with { Items = [.. lines.Select(l => new BasketItem(l.Sku, l.Quantity))] };
}
