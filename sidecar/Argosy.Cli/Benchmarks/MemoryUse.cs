using Argosy.Cli.Commands;
using Argosy.Cli.Running;

namespace Argosy.Cli.Benchmarks;

/// <summary>Memory of all processes of an instance, its supervisor included.</summary>
internal static class MemoryUse
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static MemoryResult Now(DataFolder folder)
    {
        var state = InstanceState.Read(folder) ?? throw new CliException("the store stopped while it was measured; see its logs");
        var report = InstanceReport.Of(folder, state);
        return new MemoryResult(report.TotalMemoryBytes ?? 0, report.Memory);
    }

    /// <summary>The largest sum seen while <paramref name="load"/> runs.</summary>
    public static async Task<(T Result, MemoryResult Peak)> DuringAsync<T>(DataFolder folder, Func<T> load)
    {
        var running = Task.Factory.StartNew(load, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var peak = Now(folder);
        while (await Task.WhenAny(running, Task.Delay(Interval)) != running)
        {
            var now = Now(folder);
            if (now.TotalBytes > peak.TotalBytes)
                peak = now;
        }
        return (await running, peak);
    }
}

/// <summary>Memory in bytes, proportional (PSS) on Linux.</summary>
internal sealed record MemoryResult(long TotalBytes, IReadOnlyList<MemoryReport> Processes);
