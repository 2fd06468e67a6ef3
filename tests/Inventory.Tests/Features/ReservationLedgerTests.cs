using Argosy.Contracts.Inventory;
using Argosy.Inventory.Domain;
using Argosy.Inventory.Tests.Support;
using Argosy.Testing;

namespace Argosy.Inventory.Tests.Features;

/// <summary>What holds on every database.</summary>
public abstract class ReservationLedgerTests
{
    private protected abstract Task<InventoryHost> StartAsync();

    [Fact]
    public async Task Reserve_EnoughOfAll_HoldsEveryLineAndPublishesEachSku()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 5);
        await host.AddStockAsync("CUP", 3);

        var reservation = await host.ReserveAsync(Guid.CreateVersion7(), new("TEA", 2), new("CUP", 3));

        Assert.Equal(ReservationState.Reserved, reservation.State);
        Assert.Equal([new StockChanged("CUP", 2, 3, 3, 0), new StockChanged("TEA", 2, 5, 2, 3)], await host.EventsAsync());
        Assert.Empty((await host.AuditAsync()).Broken);
    }

    [Fact]
    public async Task Reserve_SomeShort_HoldsNothingAndNamesThem()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 5);
        await host.AddStockAsync("CUP", 1);
        await host.AddStockAsync("NONE", 0);

        var reservation = await host.ReserveAsync(Guid.CreateVersion7(), new("TEA", 2), new("CUP", 2), new("NONE", 1));

        Assert.Equal(ReservationState.Refused, reservation.State);
        Assert.Equal([new StockShortage("CUP", 2, 1), new StockShortage("NONE", 1, 0)], reservation.Shortages);
        Assert.Equal(0, (await host.StockAsync("TEA")).Reserved);
        Assert.Equal(0, (await host.StockAsync("CUP")).Reserved);
        Assert.Empty(await host.EventsAsync());
    }

    [Fact]
    public async Task Reserve_SkuNotKnownYet_DecidesNothing_SoThatTheOrderSucceedsOnceItIs()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 5);
        var order = Guid.CreateVersion7();

        Assert.Null(await host.TryReserveAsync(order, new("TEA", 2), new("NEW", 1)));
        Assert.Equal(0, (await host.StockAsync("TEA")).Reserved);

        await host.AddStockAsync("NEW", 1);
        Assert.Equal(ReservationState.Reserved, (await host.ReserveAsync(order, new("TEA", 2), new("NEW", 1))).State);
    }

    [Fact]
    public async Task Ship_PromisedUnits_LeaveTheStockOnceAndStayGone()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 5);
        var order = Guid.CreateVersion7();
        await host.ReserveAsync(order, new ReservationLine("TEA", 2));
        Assert.Equal(ReservationState.Reserved, await host.ShipAsync(order));
        await host.CommitAsync(order);

        Assert.Equal(ReservationState.Shipped, await host.ShipAsync(order));
        Assert.Equal(ReservationState.Shipped, await host.ShipAsync(order));
        await host.ReleaseAsync(order);

        var stock = await host.StockAsync("TEA");
        Assert.Equal((3, 0), (stock.OnHand, stock.Reserved));
        Assert.Equal(new StockChanged("TEA", 3, 3, 0, 3), (await host.EventsAsync())[^1]);
        Assert.Empty((await host.AuditAsync()).Broken);
    }

    [Fact]
    public async Task Reserve_SameOrderAgain_AnswersTheSameAndHoldsOnce()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 5);
        var (held, refused) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ReservationState.Reserved, (await host.ReserveAsync(held, new ReservationLine("TEA", 2))).State);
            Assert.Equal([new StockShortage("TEA", 9, 3)], (await host.ReserveAsync(refused, new ReservationLine("TEA", 9))).Shortages);
        }

        Assert.Equal(2, (await host.StockAsync("TEA")).Reserved);
        Assert.Single(await host.EventsAsync());
    }

    [Fact]
    public async Task Reserve_SameOrderInParallel_HoldsOnce()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 5);
        var order = Guid.CreateVersion7();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => host.ReserveAsync(order, new ReservationLine("TEA", 2)))));

        Assert.All(answers, answer => Assert.Equal(ReservationState.Reserved, answer.State));
        Assert.Equal(2, (await host.StockAsync("TEA")).Reserved);
    }

    [Fact]
    public async Task Reserve_TwentyBuyersForOneUnit_ExactlyOneHasIt()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("LAST", 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => host.ReserveAsync(Guid.CreateVersion7(), new ReservationLine("LAST", 1)))));

        Assert.Single(answers, answer => answer.State == ReservationState.Reserved);
        Assert.Equal(19, answers.Count(answer => answer.State == ReservationState.Refused && answer.Shortages.Single().Wanted == 1));
        Assert.Equal(0, (await host.StockAsync("LAST")).Available);
    }

    [Fact]
    public async Task Reserve_CrossingSkusInParallel_NeverDeadlocks()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("A", 1000);
        await host.AddStockAsync("B", 1000);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => i % 2 == 0
            ? host.ReserveAsync(Guid.CreateVersion7(), new("A", 1), new("B", 1))
            : host.ReserveAsync(Guid.CreateVersion7(), new("B", 1), new("A", 1)))));

        Assert.All(answers, answer => Assert.Equal(ReservationState.Reserved, answer.State));
        Assert.Equal(40, (await host.StockAsync("A")).Reserved);
    }

    [Fact]
    public async Task Release_BeforeReserve_RefusesTheLateReservation()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 5);
        var order = Guid.CreateVersion7();

        await host.ReleaseAsync(order);

        Assert.Equal(ReservationState.Released, (await host.ReserveAsync(order, new ReservationLine("TEA", 2))).State);
        Assert.Equal(ReservationState.Released, await host.CommitAsync(order));
        Assert.Equal(0, (await host.StockAsync("TEA")).Reserved);
    }

    [Fact]
    public async Task Release_Twice_GivesBackOnce()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 5);
        var (released, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await host.ReserveAsync(released, new ReservationLine("TEA", 2));
        await host.ReserveAsync(other, new ReservationLine("TEA", 1));

        await host.ReleaseAsync(released);
        await host.ReleaseAsync(released);

        Assert.Equal(1, (await host.StockAsync("TEA")).Reserved);
        Assert.Equal(new StockChanged("TEA", 4, 5, 1, 4), (await host.EventsAsync())[^1]);
    }

    [Fact]
    public async Task Commit_Reserved_KeepsTheUnitsBeyondTheLease()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 5);
        var order = Guid.CreateVersion7();
        await host.ReserveAsync(order, new ReservationLine("TEA", 2));

        Assert.Equal(ReservationState.Committed, await host.CommitAsync(order));
        Assert.Equal(ReservationState.Committed, await host.CommitAsync(order));

        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await host.LedgerAsync(ledger => ledger.ReleaseExpiredAsync(100, TestContext.Current.CancellationToken)));
        Assert.Equal(2, (await host.StockAsync("TEA")).Reserved);
    }

    [Fact]
    public async Task Commit_UnknownOrRefused_IsNotCommitted()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 1);
        var refused = Guid.CreateVersion7();
        await host.ReserveAsync(refused, new ReservationLine("TEA", 2));

        Assert.Null(await host.CommitAsync(Guid.CreateVersion7()));
        Assert.Equal(ReservationState.Refused, await host.CommitAsync(refused));
    }

    [Fact]
    public async Task Release_Committed_GivesBack()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 5);
        var order = Guid.CreateVersion7();
        await host.ReserveAsync(order, new ReservationLine("TEA", 2));
        await host.CommitAsync(order);

        await host.ReleaseAsync(order);

        Assert.Equal(0, (await host.StockAsync("TEA")).Reserved);
        Assert.Equal(ReservationState.Released, await host.CommitAsync(order));
    }

    [Fact]
    public async Task LeaseSweep_LeaseRunsOut_GivesBackByItself()
    {
        await using var host = await StartAsync();
        await host.AddStockAsync("TEA", 5);
        var order = Guid.CreateVersion7();
        await host.ReserveAsync(order, new ReservationLine("TEA", 2));
        host.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(0, await host.LedgerAsync(ledger => ledger.ReleaseExpiredAsync(100, TestContext.Current.CancellationToken)));

        host.Clock.Advance(TimeSpan.FromMinutes(1));

        await Eventually.HoldsAsync("the lease is released", async () =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(2));
            return (await host.StockAsync("TEA")).Reserved == 0;
        });
        Assert.Equal(ReservationState.Released, await host.CommitAsync(order));
        Assert.Equal(new StockChanged("TEA", 3, 5, 0, 5), (await host.EventsAsync())[^1]);
    }
}

public sealed class SqliteReservationLedgerTests : ReservationLedgerTests
{
    private protected override Task<InventoryHost> StartAsync() => InventoryHost.StartAsync();
}

public sealed class PostgresReservationLedgerTests(PostgresFixture postgres) : ReservationLedgerTests, IClassFixture<PostgresFixture>
{
    private protected override Task<InventoryHost> StartAsync() => InventoryHost.StartAsync(postgres.CreateDatabase());
}
