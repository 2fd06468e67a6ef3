using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Argosy.Cli.Running;

/// <summary>Asks processes to end, and ends those that do not.</summary>
internal static partial class ProcessSignals
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    /// <summary>Asks for a clean stop. Windows has no such request between consoles: there the process is ended at once.</summary>
    public static void Terminate(ProcessIdentity process) => Send(process, SigTerm);

    public static void Kill(ProcessIdentity process) => Send(process, SigKill);

    /// <summary>Asks all to stop, waits up to <paramref name="grace"/>, then kills what is left.</summary>
    public static async Task EndAsync(IReadOnlyList<ProcessIdentity> processes, TimeSpan grace)
    {
        foreach (var process in processes)
            Terminate(process);
        var clock = Stopwatch.StartNew();
        while (processes.Any(process => process.IsAlive) && clock.Elapsed < grace)
            await Task.Delay(25);
        foreach (var process in processes.Where(process => process.IsAlive))
            Kill(process);
        while (processes.Any(process => process.IsAlive) && clock.Elapsed < grace + TimeSpan.FromSeconds(5))
            await Task.Delay(25);
    }

    /// <summary>Gives this process a session of its own, so that it outlives the terminal it was started from.</summary>
    public static void LeaveSession()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetSid();
    }

    private static void Send(ProcessIdentity process, int signal)
    {
        if (!process.IsAlive)
            return;
        if (!OperatingSystem.IsWindows())
        {
            _ = SendSignal(process.Pid, signal);
            return;
        }
        try
        {
            using var handle = Process.GetProcessById(process.Pid);
            handle.Kill();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It ended in between, which is what was wanted.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSid();
}
