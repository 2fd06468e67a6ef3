using Argosy.Contracts.Inventory;
using Argosy.Inventory.Domain;
using Argosy.Inventory.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Argosy.Inventory.Tests.Features;

/// <summary>Random steps of a few orders on a few SKUs, compared with a model that has nothing in common with the ledger's statements.</summary>
public sealed class ReservationPropertyTests
{
    private const int OnHand = 12;
    private static readonly string[] Skus = ["A", "B", "C"];

    private static readonly Gen<Step> Steps =
        from order in Gen.Choose(0, 4)
        from kind in Gen.Elements(StepKind.Reserve, StepKind.Reserve, StepKind.Commit, StepKind.Ship, StepKind.Release)
        from lines in Gen.Choose(1, 4).Two().Select(quantities => new[] { quantities.Item1, quantities.Item2 })
        from first in Gen.Choose(0, 2)
        select new Step(order, kind, [new(Skus[first], lines[0]), new(Skus[(first + 1) % 3], lines[1])]);

    [Fact]
    public async Task Ledger_RandomStepsInSequence_DoesWhatTheModelDoes()
    {
        await using var host = await InventoryHost.StartAsync();
        for (var round = 0; round < 25; round++)
        {
            var model = new Model(Skus.ToDictionary(sku => $"{sku}{round}", _ => OnHand));
            foreach (var sku in Skus)
                await host.AddStockAsync($"{sku}{round}", OnHand);
            var orders = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToList();

            foreach (var step in Steps.Sample(30, 30))
            {
                ReservationLine[] lines = [.. step.Lines.Select(line => line with { Sku = $"{line.Sku}{round}" })];
                var state = await RunAsync(host, orders[step.Order], step.Kind, lines);
                Assert.Equal(model.Run(step.Order, step.Kind, lines), state);
                foreach (var (sku, available) in model.Available)
                    Assert.Equal((model.OnHand(sku, OnHand), available), ((await host.StockAsync(sku)).OnHand, (await host.StockAsync(sku)).Available));
            }
        }
        Assert.Empty((await host.AuditAsync()).Broken);
    }

    [Fact]
    public async Task Ledger_RandomStepsInParallel_KeepsTheInvariants()
    {
        await using var host = await InventoryHost.StartAsync();
        foreach (var sku in Skus)
            await host.AddStockAsync(sku, OnHand);
        for (var round = 0; round < 15; round++)
        {
            var orders = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToList();

            await Task.WhenAll(Steps.Sample(30, 24).Select(step => Task.Run(() => RunAsync(host, orders[step.Order], step.Kind, step.Lines))));

            var audit = await host.AuditAsync();
            Assert.Empty(audit.Broken);
            Assert.Equal(audit.OnHand, audit.Available + audit.Reserved);
            await Task.WhenAll(orders.Select(host.ReleaseAsync));
            Assert.Equal(0, (await host.AuditAsync()).Reserved);
        }
        var events = (await host.EventsAsync()).GroupBy(change => change.Sku);
        Assert.All(events, sku => Assert.Equal(Enumerable.Range(2, sku.Count()).Select(version => (long)version), sku.Select(change => change.Version)));
    }

    private static async Task<ReservationState?> RunAsync(InventoryHost host, Guid order, StepKind kind, ReservationLine[] lines)
    {
        switch (kind)
        {
            case StepKind.Reserve:
                return (await host.ReserveAsync(order, lines)).State;
            case StepKind.Commit:
                return await host.CommitAsync(order);
            case StepKind.Ship:
                return await host.ShipAsync(order);
            default:
                await host.ReleaseAsync(order);
                return null;
        }
    }

    private enum StepKind
    {
        Reserve,
        Commit,
        Ship,
        Release,
    }

    private sealed record Step(int Order, StepKind Kind, ReservationLine[] Lines);

    /// <summary>What a single clerk with a pencil would do.</summary>
    private sealed class Model(Dictionary<string, int> available)
    {
        private readonly Dictionary<int, (ReservationState State, ReservationLine[] Lines)> _orders = [];

        public IReadOnlyDictionary<string, int> Available => available;

        public int OnHand(string sku, int atFirst) =>
            atFirst - _orders.Values.Where(order => order.State == ReservationState.Shipped).SelectMany(order => order.Lines).Where(line => line.Sku == sku).Sum(line => line.Quantity);

        public ReservationState? Run(int order, StepKind kind, ReservationLine[] lines) => kind switch
        {
            StepKind.Reserve => Reserve(order, lines),
            StepKind.Commit => Commit(order),
            StepKind.Ship => Ship(order),
            _ => Release(order),
        };

        private ReservationState Reserve(int order, ReservationLine[] lines)
        {
            if (_orders.TryGetValue(order, out var known))
                return known.State;
            var enough = lines.All(line => available[line.Sku] >= line.Quantity);
            if (enough)
                Array.ForEach(lines, line => available[line.Sku] -= line.Quantity);
            _orders[order] = (enough ? ReservationState.Reserved : ReservationState.Refused, lines);
            return _orders[order].State;
        }

        private ReservationState? Commit(int order)
        {
            if (!_orders.TryGetValue(order, out var known))
                return null;
            if (known.State == ReservationState.Reserved)
                _orders[order] = (ReservationState.Committed, known.Lines);
            return _orders[order].State;
        }

        private ReservationState? Ship(int order)
        {
            if (!_orders.TryGetValue(order, out var known))
                return null;
            if (known.State == ReservationState.Committed)
                _orders[order] = (ReservationState.Shipped, known.Lines);
            return _orders[order].State;
        }

        private ReservationState? Release(int order)
        {
            if (!_orders.TryGetValue(order, out var known))
                _orders[order] = (ReservationState.Released, []);
            else if (known.State is ReservationState.Reserved or ReservationState.Committed)
            {
                Array.ForEach(known.Lines, line => available[line.Sku] += line.Quantity);
                _orders[order] = (ReservationState.Released, known.Lines);
            }
            return null;
        }
    }
}
