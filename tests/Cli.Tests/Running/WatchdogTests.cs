using Argosy.Cli.Running;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Running;

public sealed class WatchdogTests
{
    [Fact]
    public async Task SupervisorGone_RunningProcesses_AreEnded()
    {
        using var polite = new ShellProcess("exec sleep 1000");
        using var ended = new ShellProcess("exec sleep 1000");
        var watchdog = new Watchdog();
        watchdog.Start();
        watchdog.Started(polite.Identity.Pid);
        watchdog.Started(ended.Identity.Pid);
        watchdog.Ended(ended.Identity.Pid);

        // Closing the pipe is all that a killed supervisor does.
        watchdog.Dispose();

        await Eventually.HoldsAsync("the process is ended", () => !polite.Identity.IsAlive);
        Assert.True(ended.Identity.IsAlive, "a process reported as ended is not the watchdog's any more");
    }

    [Fact]
    public async Task SupervisorGone_ProcessThatIgnoresTheRequest_IsKilled()
    {
        using var stubborn = new ShellProcess("trap '' TERM; while :; do sleep 0.2; done");
        var watchdog = new Watchdog();
        watchdog.Start();
        watchdog.Started(stubborn.Identity.Pid);

        watchdog.Dispose();

        await Eventually.HoldsAsync("the process is killed", () => !stubborn.Identity.IsAlive, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task ShellKilled_IsReplacedAndKnowsTheProcesses()
    {
        using var process = new ShellProcess("exec sleep 1000");
        var watchdog = new Watchdog();
        watchdog.Start();
        watchdog.Started(process.Identity.Pid);
        var first = watchdog.Identity!;

        ProcessSignals.Kill(first);
        await Eventually.HoldsAsync("another shell watches", () => watchdog.Identity is { } second && second != first);
        watchdog.Dispose();

        await Eventually.HoldsAsync("the process is ended", () => !process.Identity.IsAlive);
    }
}
