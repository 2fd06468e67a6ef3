using System.Net.Http.Json;
using Argosy.Testing;
using Xunit;

namespace Argosy.EndToEnd;

/// <summary>Processes die in the middle of 100 running orders: no accepted order is lost or doubled, every confirmed one is paid once, and the
/// books balance.</summary>
public sealed class FaultTests
{
    private const int Shoppers = 10;
    private const int OrdersEach = 10;

    [Theory]
    [InlineData("ordering", "sidecar")]
    [InlineData("payment", "inventory")]
    [InlineData("notification", "paymentsimulator")]
    [InlineData("gateway", "basket", "catalog")]
    public Task Orders_ProcessesKilledOneAfterTheOther_AllReachTheirEnd(params string[] services) =>
        BuyThroughAsync([.. services.Select(service => (Func<Store, Task>)(store =>
        {
            store.Kill(service);
            return Task.CompletedTask;
        }))]);

    [Fact]
    public Task Orders_EverythingKilledAtOnce_AllReachTheirEnd() => BuyThroughAsync(async store =>
    {
        store.KillEverything();
        await store.StartAsync();
    });

    private static async Task BuyThroughAsync(params Func<Store, Task>[] faults)
    {
        await using var store = new Store();
        await store.StartAsync();
        var shoppers = Enumerable.Range(0, Shoppers).Select(_ => new Shopper(store)).ToList();
        var skus = await shoppers[0].SkusAsync(Shoppers);
        var accepted = 0;

        var buying = shoppers.Select((shopper, index) => Task.Run(async () =>
        {
            var ids = new List<Guid>();
            for (var order = 0; order < OrdersEach; order++)
            {
                ids.Add(await shopper.OrderThroughOutagesAsync(skus[index]));
                Interlocked.Increment(ref accepted);
            }
            return ids;
        })).ToList();
        var bought = Task.WhenAll(buying);
        for (var fault = 0; fault < faults.Length; fault++)
        {
            var middle = Shoppers * OrdersEach * (fault + 1) / (faults.Length + 2);
            await Eventually.HoldsAsync($"{middle} orders are accepted", () => bought.IsFaulted || Volatile.Read(ref accepted) >= middle, TimeSpan.FromMinutes(2));
            await faults[fault](store);
        }

        var orders = (await bought).SelectMany((ids, index) => ids.Select(id => (Id: id, Shopper: shoppers[index]))).ToList();
        Assert.Equal(Shoppers * OrdersEach, orders.DistinctBy(order => order.Id).Count());
        foreach (var (id, shopper) in orders)
            Assert.Equal("confirmed", await shopper.SettledAsync(id));
        await ShipAsync(store, [.. orders.Where((_, index) => index % 3 == 0)]);

        var books = new Books(store);
        await books.BalanceAsync();
        // Exactly the accepted ones: a repeated request made no second order, and none vanished.
        Assert.Equal(orders.Select(order => order.Id).Order(), books.Orders().Keys.Order());
        await ToldOnceAsync(store, books.Orders());
        shoppers.ForEach(shopper => shopper.Dispose());
    }

    private static async Task ShipAsync(Store store, IReadOnlyList<(Guid Id, Shopper Shopper)> orders)
    {
        using var desk = store.Operator();
        foreach (var (id, _) in orders)
        {
            await Eventually.HoldsAsync($"order {id} is handed to the carrier", async () =>
            {
                using var answer = await desk.PostAsJsonAsync($"/api/orders/{id}/shipments", new { carrier = "DHL" });
                return answer.IsSuccessStatusCode;
            });
        }
        foreach (var (id, shopper) in orders)
            await shopper.BecomesAsync(id, "shipped");
    }

    /// <summary>One mail for each order and step, in the end.</summary>
    private static async Task ToldOnceAsync(Store store, IReadOnlyDictionary<Guid, string> orders)
    {
        var expected = orders.SelectMany(order => (order.Value == "shipped" ? new[] { "submitted", "confirmed", "shipped" } : ["submitted", "confirmed"]).Select(step => $"{order.Key}.{step}")).Order().ToList();
        // Looked at once more when all have come: pages shift while mails come in.
        await Eventually.HoldsAsync("every mail has been sent", async () => !expected.Except(await store.MailsAsync()).Any(), TimeSpan.FromMinutes(1));
        Assert.Equal(expected, (await store.MailsAsync()).Order());
    }
}
