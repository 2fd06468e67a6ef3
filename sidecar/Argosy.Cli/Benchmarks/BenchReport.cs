namespace Argosy.Cli.Benchmarks;

/// <summary>Everything <c>argosy bench</c> measured. What needs access to the instance is null with <c>--url</c>.</summary>
internal sealed record BenchReport(
    string Machine,
    DateTimeOffset At,
    double? FirstRunSeconds,
    double? LaunchSeconds,
    MemoryResult? IdleMemory,
    IReadOnlyList<LoadResult> ProductLists,
    LoadResult Orders,
    PacedResult SteadyOrders,
    HopResult? SidecarHop,
    MemoryResult? LoadMemory);
