using System.Runtime.InteropServices;

namespace Argosy.Cli.Benchmarks;

/// <summary>Runs every measurement, one after the other.</summary>
internal sealed class Benchmark(Action<string> say)
{
    private const int Shoppers = 8;
    private const int SteadyOrdersPerSecond = 20;
    private static readonly int[] Connections = [16, 64];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    /// <summary>Measures a store of its own.</summary>
    public async Task<BenchReport> RunOwnAsync(CancellationToken cancellationToken)
    {
        await using var instance = new BenchInstance();
        say("starting a new store, which seeds its catalog");
        var firstRun = await instance.StartAsync(cancellationToken);
        await instance.StopAsync();
        say("starting it again");
        var launch = await instance.StartAsync(cancellationToken);
        await Task.Delay(Settle, cancellationToken);
        var idle = MemoryUse.Now(instance.Folder);
        say("measuring one sidecar hop");
        var hop = SidecarHop.Run(instance.Folder, instance.Url, WarmUp, Measured);
        var ((lists, orders, steady), peak) = await MemoryUse.DuringAsync(instance.Folder, () => Load(instance.Url));
        return new BenchReport(Machine, DateTimeOffset.UtcNow, firstRun, launch, idle, lists, orders, steady, hop, peak);
    }

    /// <summary>Measures a store that runs already, from outside.</summary>
    public BenchReport RunAgainst(Uri store)
    {
        var (lists, orders, steady) = Load(store);
        return new BenchReport(Machine, DateTimeOffset.UtcNow, null, null, null, lists, orders, steady, null, null);
    }

    private static string Machine => $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    private (IReadOnlyList<LoadResult> Lists, LoadResult Orders, PacedResult Steady) Load(Uri store)
    {
        var lists = new List<LoadResult>();
        foreach (var connections in Connections)
        {
            say($"listing products over {connections} connections");
            lists.Add(ProductLists.Run(store, connections, WarmUp, Measured));
        }
        say($"buying, {Shoppers} shoppers");
        var skus = ProductLists.Skus(store);
        var orders = LoadPhase.Run(Shoppers, WarmUp, Measured, index => new Shopper(store, skus, index));
        say($"buying {SteadyOrdersPerSecond} things a second");
        var steady = PacedOrders.Run(SteadyOrdersPerSecond, WarmUp, Measured, index => new Shopper(store, skus, Shoppers + index));
        return (lists, orders, steady);
    }
}
