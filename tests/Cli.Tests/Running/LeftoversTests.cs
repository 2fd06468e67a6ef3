using Argosy.Cli.Running;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Running;

public sealed class LeftoversTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly DataFolder _folder;

    public LeftoversTests()
    {
        _folder = new DataFolder(_temp.File("data"));
        _folder.Create();
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task EndAsync_ProcessesOfAKilledRun_AreEndedAndForgotten()
    {
        using var service = new ShellProcess("exec sleep 1000");
        using var watchdog = new ShellProcess("trap '' TERM; while :; do sleep 0.2; done");
        Remember(service.Identity, watchdog.Identity);

        Assert.Equal(1, await Leftovers.EndAsync(_folder));

        Assert.False(service.Identity.IsAlive);
        Assert.False(watchdog.Identity.IsAlive);
        Assert.Null(InstanceState.Read(_folder));
    }

    [Fact]
    public async Task EndAsync_NumberNowOfAnotherProcess_LeavesThatAlone()
    {
        using var stranger = new ShellProcess("exec sleep 1000");
        Remember(stranger.Identity with { Started = "earlier" }, null);

        Assert.Equal(0, await Leftovers.EndAsync(_folder));

        Assert.True(stranger.Identity.IsAlive);
    }

    [Fact]
    public async Task EndAsync_UnreadableRunFile_IsNoError()
    {
        File.WriteAllText(_folder.StateFile, "{ torn");

        Assert.Equal(0, await Leftovers.EndAsync(_folder));
    }

    [Fact]
    public void Take_HeldByAnother_NamesItsPidAndUrl()
    {
        using var held = InstanceLock.Take(_folder);
        Remember(ProcessIdentity.Current, null);

        var error = Assert.Throws<CliException>(() => InstanceLock.Take(_folder));

        Assert.Contains($"pid {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        Assert.Contains("http://localhost:8080", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_AfterRelease_Succeeds()
    {
        InstanceLock.Take(_folder).Dispose();

        using var again = InstanceLock.TryTake(_folder);

        Assert.NotNull(again);
    }

    [Fact]
    public void Create_Folders_AreClosedToOthers()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Data));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
    }

    private void Remember(ProcessIdentity service, ProcessIdentity? watchdog) =>
        new InstanceState(
            ProcessIdentity.Current,
            "http://localhost:8080",
            "embedded",
            DateTimeOffset.UtcNow,
            InstancePhase.Ready,
            [new ProcessStatus("catalog", 1, ProcessPhase.Ready, service, [5000], 0, null, "catalog.log")])
        {
            Watchdog = watchdog,
        }.Write(_folder);
}
