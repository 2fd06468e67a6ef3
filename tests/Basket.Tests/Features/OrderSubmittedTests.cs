using Argosy.Basket.Tests.Support;
using Argosy.Contracts;
using Argosy.Contracts.Ordering;
using Argosy.Testing;

namespace Argosy.Basket.Tests.Features;

public sealed class OrderSubmittedTests(BasketHost host) : IClassFixture<BasketHost>
{
    private readonly string _customer = BasketHost.NewCustomer();

    [Fact]
    public async Task Event_Published_TakesOutWhatWasBought()
    {
        (await host.PutAsync(_customer, "A", new { quantity = 5 })).Dispose();
        (await host.PutAsync(_customer, "B", new { quantity = 1 })).Dispose();
        await PublishAsync("order-1", ("A", 2), ("B", 1));
        await Eventually.HoldsAsync("the bought units are gone", async () => (await host.ReadAsync(_customer)).Items is [{ Sku: "A", Quantity: 3 }]);
    }

    [Fact]
    public async Task Event_SameOrderAgain_IsHandledOnce()
    {
        (await host.PutAsync(_customer, "A", new { quantity = 9 })).Dispose();
        await PublishAsync("order-1", ("A", 2));
        await PublishAsync("order-1", ("A", 2));
        await PublishAsync("order-2", ("A", 1));
        await PublishAsync("order-1", ("A", 2));
        // Deliveries may overtake each other, so each order's own effect is awaited by the sum: 9 - 2 - 1.
        await Eventually.HoldsAsync("both orders are taken out", async () => (await host.ReadAsync(_customer)).Items[0].Quantity == 6);
        await PublishAsync("order-3", ("A", 6));
        await Eventually.HoldsAsync("nothing was taken out twice", async () => (await host.ReadAsync(_customer)).Items.Count == 0);
    }

    [Fact]
    public async Task Event_CustomerWithoutBasket_ChangesNothing()
    {
        await PublishAsync("order-1", ("A", 1));
        (await host.PutAsync(_customer, "B", new { quantity = 1 })).Dispose();
        Assert.Equal(["B"], (await host.ReadAsync(_customer)).Items.Select(i => i.Sku));
    }

    private Task PublishAsync(string orderId, params (string Sku, int Quantity)[] lines) =>
        host.Dapr.PublishEventAsync(ComponentNames.PubSub, OrderSubmitted.Topic, new OrderSubmitted(
            $"{_customer}-{orderId}", "N", _customer, [.. lines.Select(l => new OrderEventLine(l.Sku, "T", l.Quantity, Money.Zero("EUR")))], Money.Zero("EUR"), DateTimeOffset.UnixEpoch));
}
