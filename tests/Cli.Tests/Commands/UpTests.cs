using Argosy.Cli.Running;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Commands;

public sealed class UpTests : IDisposable
{
    private readonly FakeInstallation _argosy = new();

    public void Dispose() => _argosy.Dispose();

    [Fact]
    public async Task UpDetached_StoreAnswers_ReturnsAndDownEndsEverything()
    {
        var (exit, output, errors) = await _argosy.RunAsync("up", "--detach", "--port", "0");

        Assert.True(exit == 0, errors);
        Assert.Contains("ready after", output, StringComparison.Ordinal);
        var state = _argosy.State!;
        Assert.Equal(["sidecar", "gateway", "catalog", "catalog"], state.Processes.Select(process => process.Service));
        Assert.All(_argosy.Running, process => Assert.True(process.IsAlive));
        Assert.Equal(0, (await _argosy.RunAsync("status")).Exit);

        Assert.Equal(0, (await _argosy.RunAsync("down")).Exit);

        Assert.All(Everything(state), process => Assert.False(process.IsAlive));
    }

    [Fact]
    public async Task Up_ProfileThatOnlyDaprRuns_StartsNothingAndSaysWhy()
    {
        _argosy.Component("redis", "state.redis", "redisHost");

        var (exit, _, errors) = await _argosy.RunAsync("up", "--detach", "--port", "0", "--profile", "redis");

        Assert.Equal(1, exit);
        Assert.Contains("profile 'redis' runs on Kubernetes", errors, StringComparison.Ordinal);
        Assert.Contains("statestore.yaml:6: component 'statestore': state.redis needs the real Dapr runtime", errors, StringComparison.Ordinal);
        Assert.Null(_argosy.State);
    }

    [Fact]
    public async Task Up_OnADataFolderInUse_NamesThePid()
    {
        await _argosy.RunAsync("up", "--detach", "--port", "0");

        var (exit, _, errors) = await _argosy.RunAsync("up", "--detach", "--port", "0");

        Assert.Equal(1, exit);
        Assert.Contains($"pid {_argosy.State!.Supervisor.Pid}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_SupervisorKilled_LeavesNoProcess()
    {
        await _argosy.RunAsync("up", "--detach", "--port", "0");
        var state = _argosy.State!;

        ProcessSignals.Kill(state.Supervisor);

        await Eventually.HoldsAsync("all processes end with the supervisor", () => Everything(state).All(process => !process.IsAlive));
    }

    [Fact]
    public async Task Up_SupervisorAndWatchdogKilled_NextUpEndsTheLeftoversFirst()
    {
        await _argosy.RunAsync("up", "--detach", "--port", "0");
        var before = _argosy.State!;
        ProcessSignals.Kill(before.Watchdog!);
        ProcessSignals.Kill(before.Supervisor);
        Assert.Contains(_argosy.Running, process => process.IsAlive);

        var (exit, _, errors) = await _argosy.RunAsync("up", "--detach", "--port", "0");

        Assert.True(exit == 0, errors);
        Assert.All(Everything(before), process => Assert.False(process.IsAlive));
        Assert.All(_argosy.Running, process => Assert.True(process.IsAlive));
    }

    [Fact]
    public async Task Up_EveryServiceKilled_AreAllStartedAgain()
    {
        await _argosy.RunAsync("up", "--detach", "--port", "0");
        var before = _argosy.Running;

        foreach (var process in before)
            ProcessSignals.Kill(process);

        await Eventually.HoldsAsync("four new processes run", () =>
            _argosy.Running is { Count: 4 } now && now.All(process => process.IsAlive) && !now.Intersect(before).Any());
        Assert.All(_argosy.State!.Processes, process => Assert.Equal(1, process.Restarts));
    }

    [Fact]
    public async Task UpDetached_AServiceKeepsEnding_FailsWithReasonAndLogAndLeavesNothing()
    {
        _argosy.Program("Argosy.Catalog", "#!/bin/sh\necho the hold is empty\nexit 7\n");
        _argosy.Program("Argosy.Gateway", "#!/bin/sh\nexec sleep 1000\n");

        var (exit, _, errors) = await _argosy.RunAsync("up", "--detach", "--port", "0");

        Assert.Equal(1, exit);
        Assert.Contains("ended with code 7", errors, StringComparison.Ordinal);
        Assert.Contains("the hold is empty", errors, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_argosy.Data, "logs", "catalog"), errors, StringComparison.Ordinal);
        Assert.Null(_argosy.State);
        Assert.Equal(3, (await _argosy.RunAsync("status")).Exit);
    }

    [Fact]
    public async Task Up_AskedToStop_EndsEverythingAndSucceeds()
    {
        using var up = _argosy.Launch("up", "--port", "0");
        _ = up.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync("the store is ready", () => _argosy.State?.Phase == InstancePhase.Ready);
        var state = _argosy.State!;

        ProcessSignals.Terminate(ProcessIdentity.Of(up.Id)!);
        await up.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, up.ExitCode);
        Assert.All(Everything(state), process => Assert.False(process.IsAlive));
    }

    private static IEnumerable<ProcessIdentity> Everything(InstanceState state) =>
        state.Processes.Select(process => process.Process).Append(state.Supervisor).Append(state.Watchdog).OfType<ProcessIdentity>();
}
