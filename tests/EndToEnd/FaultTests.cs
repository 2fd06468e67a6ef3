using Xunit;

namespace Argosy.EndToEnd;

/// <summary>Processes die in the middle of 50 running orders: no accepted order is lost or doubled, and the books balance.</summary>
public sealed class FaultTests
{
    private const int Shoppers = 10;
    private const int OrdersEach = 5;

    [Fact]
    public Task Orders_OrderingKilled_AllReachTheirEnd() => BuyThroughAsync(store =>
    {
        store.Kill("ordering");
        return Task.CompletedTask;
    });

    [Fact]
    public Task Orders_SidecarKilled_AllReachTheirEnd() => BuyThroughAsync(store =>
    {
        store.Kill("sidecar");
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

        var ids = (await Task.WhenAll(buying)).SelectMany(list => list).ToList();
        Assert.Equal(Shoppers * OrdersEach, ids.Distinct().Count());
        var books = new Books(store);
        await books.BalanceAsync();
        // Exactly the accepted ones: a repeated request made no second order, and none vanished.
        Assert.Equal(ids.Order(), books.Orders().Keys.Order());
        foreach (var (shopper, own) in shoppers.Zip(ids.Chunk(OrdersEach)))
        {
            foreach (var id in own)
                Assert.Equal("confirmed", await shopper.SettledAsync(id));
            shopper.Dispose();
        }
    }
}
