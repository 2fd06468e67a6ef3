using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Argosy.Cli.Running;

/// <summary>A process that cannot be mistaken for a later one with the same number.</summary>
/// <param name="Started">An opaque mark of its start: process id and mark together never come twice.</param>
internal sealed record ProcessIdentity(int Pid, string Started)
{
    // Initialised first: the next member needs it.
    private static readonly Lazy<string> BootId = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    public static ProcessIdentity Current { get; } = Of(Environment.ProcessId) ?? throw new InvalidOperationException("This process has no start time.");

    /// <summary>True while the very process runs (a zombie does not).</summary>
    [JsonIgnore]
    public bool IsAlive => Of(Pid) == this;

    /// <summary>The identity of a running process, or null when there is none of that number.</summary>
    public static ProcessIdentity? Of(int pid) => (OperatingSystem.IsLinux() ? LinuxMark(pid) : PortableMark(pid)) is { } mark ? new ProcessIdentity(pid, mark) : null;

    private static string? LinuxMark(int pid)
    {
        try
        {
            // The command, in parentheses, may itself hold blanks and parentheses. After it: state (field 3) … start time (field 22).
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : $"{fields[19]}@{BootId.Value}";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? PortableMark(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
