using System.Diagnostics;
using System.Globalization;
using Argosy.Cli.Running;

namespace Argosy.Cli.Display;

/// <summary>How much memory a process costs the machine.</summary>
internal static class ProcessMemory
{
    /// <summary>Bytes; on Linux the proportional share (PSS), which counts a page shared by N processes as 1/N for each. Null when the
    /// process is gone.</summary>
    public static long? Of(ProcessIdentity? process)
    {
        if (process is null)
            return null;
        try
        {
            return OperatingSystem.IsLinux() ? Pss(process.Pid) : WorkingSet(process.Pid);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    public static string Text(long? bytes) => bytes is { } known ? $"{known / (1024.0 * 1024.0):0} MiB" : "-";

    private static long Pss(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("Pss:".Length).TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) * 1024;
    }

    private static long WorkingSet(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.WorkingSet64;
    }
}
