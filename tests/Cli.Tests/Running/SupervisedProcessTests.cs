using Argosy.Cli.Running;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Running;

public sealed class SupervisedProcessTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly Watchdog _watchdog = new();
    private readonly CancellationTokenSource _stop = new();
    private SupervisedProcess? _process;
    private Task _running = Task.CompletedTask;

    public ValueTask InitializeAsync()
    {
        _watchdog.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _process?.Dispose();
        _watchdog.Dispose();
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task RunAsync_ProcessKilled_IsStartedAgain()
    {
        Supervise("exec sleep 1000");
        var first = await RunningAsync();

        ProcessSignals.Kill(first);

        await Eventually.HoldsAsync("a second process runs", () => _process!.Status is { Process: { } second, Restarts: 1 } && second != first && second.IsAlive);
        Assert.Equal("was ended by signal 9", _process!.Status.LastExit);
    }

    [Fact]
    public async Task RunAsync_ProcessKeepsEnding_IsTriedAgainWithItsCodeTold()
    {
        Supervise("exit 7");

        await Eventually.HoldsAsync("it was tried three times", () => _process!.Status.Restarts >= 3);
        Assert.Equal("ended with code 7", _process!.Status.LastExit);
    }

    [Fact]
    public async Task RunAsync_ProgramMissing_SaysWhy()
    {
        Supervise(new ProcessSpec("dummy", 1, _folder.File("no-such-program"), [], _folder.Path, new Dictionary<string, string>(), [], null));

        await Eventually.HoldsAsync("the failed start is told", () => _process!.Status.LastExit?.StartsWith("could not be started", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task RunAsync_Output_IsInTheLogWithBothStreams()
    {
        Supervise("echo to-out $GREETING; echo to-err >&2; printf unfinished; exec sleep 1000");

        await Eventually.HoldsAsync("both lines are in the log", () =>
            LogFile.Tail(LogPath, 10) is { Count: >= 2 } lines && lines.Contains("to-out ahoy") && lines.Contains("to-err"));
    }

    [Fact]
    public async Task RunAsync_Stopped_EndsTheProcessAndTellsStopped()
    {
        Supervise("exec sleep 1000");
        var process = await RunningAsync();

        await _stop.CancelAsync();
        await _running;

        Assert.False(process.IsAlive);
        Assert.Equal(ProcessPhase.Stopped, _process!.Status.Phase);
        Assert.Equal(0, _process.Status.Restarts);
    }

    [Fact]
    public async Task RunAsync_StoppedWhileBackingOff_DoesNotStartAgain()
    {
        Supervise("echo started; exit 1");
        await Eventually.HoldsAsync("it backs off", () => _process!.Status is { Phase: ProcessPhase.BackingOff, Restarts: >= 3 });

        await _stop.CancelAsync();
        await _running;

        Assert.Equal(ProcessPhase.Stopped, _process!.Status.Phase);
        Assert.Equal(_process.Status.Restarts, LogFile.Tail(LogPath, 100).Count(line => line == "started"));
    }

    private string LogPath => _folder.File("dummy.log");

    private void Supervise(string script) => Supervise(ShellProcess.Spec(_folder.Path, script));

    private void Supervise(ProcessSpec spec)
    {
        _process = new SupervisedProcess(spec, LogPath, _watchdog, TimeProvider.System);
        _running = _process.RunAsync(_stop.Token);
    }

    private async Task<ProcessIdentity> RunningAsync()
    {
        await Eventually.HoldsAsync("the process runs", () => _process!.Status.Process is not null);
        return _process!.Status.Process!;
    }
}
