using Argosy.Cli.Display;
using Argosy.Cli.Running;

namespace Argosy.Cli.Commands;

/// <summary>What <c>argosy status --json</c> prints.</summary>
internal sealed record InstanceReport(bool Running, string DataFolder, InstanceState? Instance, IReadOnlyList<MemoryReport> Memory, long? TotalMemoryBytes)
{
    public static InstanceReport Of(DataFolder folder, InstanceState? state)
    {
        if (state is null)
            return new InstanceReport(false, folder.Path, null, [], null);
        var memory = Processes(state).Select(process => new MemoryReport(process.Name, process.Identity.Pid, ProcessMemory.Of(process.Identity))).ToList();
        return new InstanceReport(true, folder.Path, state, memory, memory.Sum(process => process.Bytes ?? 0));
    }

    /// <summary>Every process of an instance, its supervisor included.</summary>
    public static IEnumerable<(string Name, ProcessIdentity Identity)> Processes(InstanceState state)
    {
        yield return ("argosy", state.Supervisor);
        if (state.Watchdog is { } watchdog)
            yield return ("watchdog", watchdog);
        foreach (var process in state.Processes.Where(process => process.Process is not null))
            yield return (process.Service, process.Process!);
    }
}

/// <summary>Memory of one process; proportional (PSS) on Linux.</summary>
internal sealed record MemoryReport(string Name, int Pid, long? Bytes);
