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
    [InlineData("ordering")]
    [InlineData("inventory")]
    [InlineData("payment")]
    [InlineData("paymentsimulator")]
    [InlineData("notification")]
    [InlineData("sidecar")]
    public Task Orders_OneProcessKilled_AllReachTheirEnd(string service) => BuyThroughAsync(store =>
    {
        store.Kill(service);
        return Task.CompletedTask;
    });

    [Fact]
    public Task Orders_EverythingKilledAtOnce_AllReachTheirEnd() => BuyThroughAsync(async store =>
    {
        store.KillEverything();
        await store.StartAsync();
    });

    private static async Task BuyThroughAsync(Func<Store, Task> fault)
    {
        await using var store = new Store();
        await store.StartAsync();
        var shoppers = Enumerable.Range(0, Shoppers).Select(_ => new Shopper(store)).ToList();
        var skus = await shoppers[0].SkusAsync(Shoppers);
        var accepted = 0;
        var middle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var buying = shoppers.Select((shopper, index) => Task.Run(async () =>
        {
            var ids = new List<Guid>();
            for (var order = 0; order < OrdersEach; order++)
            {
                ids.Add(await shopper.OrderThroughOutagesAsync(skus[index]));
                if (Interlocked.Increment(ref accepted) == Shoppers * OrdersEach / 3)
                    middle.TrySetResult();
            }
            return ids;
        })).ToList();
        var failed = Task.WhenAll(buying);
        await await Task.WhenAny(middle.Task, failed).WaitAsync(TimeSpan.FromMinutes(2));
        await fault(store);

        var orders = (await Task.WhenAll(buying)).SelectMany((ids, index) => ids.Select(id => (Id: id, Shopper: shoppers[index]))).ToList();
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
        List<string> mails = [];
        await Eventually.HoldsAsync("every mail has been sent", async () => (mails = await store.MailsAsync()).Count >= expected.Count, TimeSpan.FromMinutes(1));
        Assert.Equal(expected, mails.Order());
    }
}
