using System.Collections.Concurrent;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Tests.Invocation;
using Argosy.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Argosy.Sidecar.Tests.Hosting;

public sealed class ReplicaMonitorTests : IAsyncLifetime
{
    private readonly TestApp _app = new(_ => Task.CompletedTask);
    private readonly RecordingEngine _engine = new();
    private VirtualSidecar _replica = null!;
    private ReplicaMonitor _monitor = null!;

    public ValueTask InitializeAsync()
    {
        var ports = new TopologyReplica(0, 0, _app.Port);
        var settings = new TopologyApp("app", [ports]);
        _replica = new VirtualSidecar(new SidecarApp(settings), ports, new AppChannel(settings, _app.Port));
        _monitor = new ReplicaMonitor(_replica, [new FailingEngine(), _engine], NullLogger.Instance);
        _monitor.Start();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _monitor.StopAsync(CancellationToken.None);
        _monitor.Dispose();
        await _app.StopAsync();
        _replica.Channel!.Dispose();
    }

    [Fact]
    public async Task App_ComesUp_EnginesAreToldOnceAndTheReplicaIsReady()
    {
        Assert.False(_replica.IsReady);
        await _app.StartAsync();

        await Eventually.HoldsAsync("the replica is ready", () => _replica.IsReady);

        Assert.Equal(["up"], _engine.Told);
    }

    [Fact]
    public async Task App_DiesAndComesBackAtOnce_IsToldDownAndUpAgain()
    {
        await _app.StartAsync();
        await Eventually.HoldsAsync("told up", () => _engine.Told is ["up"]);

        await _app.StopAsync();
        await Eventually.HoldsAsync("told down", () => _engine.Told is ["up", "down"]);
        Assert.False(_replica.IsAppUp);
        await _app.StartAsync();

        await Eventually.HoldsAsync("told up again", () => _engine.Told is ["up", "down", "up"]);
    }

    [Fact]
    public async Task Stop_AppIsUp_EnginesAreToldDown()
    {
        await _app.StartAsync();
        await Eventually.HoldsAsync("told up", () => _engine.Told is ["up"]);

        await _monitor.StopAsync(CancellationToken.None);

        Assert.Equal(["up", "down"], _engine.Told);
    }

    private sealed class RecordingEngine : IAppLifecycle
    {
        private readonly ConcurrentQueue<string> _told = new();

        public IReadOnlyList<string> Told => [.. _told];

        public Task AppUpAsync(VirtualSidecar replica, CancellationToken cancellationToken)
        {
            _told.Enqueue("up");
            return Task.CompletedTask;
        }

        public Task AppDownAsync(VirtualSidecar replica, CancellationToken cancellationToken)
        {
            _told.Enqueue("down");
            return Task.CompletedTask;
        }
    }

    /// <summary>An engine that fails must not keep the others from being told.</summary>
    private sealed class FailingEngine : IAppLifecycle
    {
        public Task AppUpAsync(VirtualSidecar replica, CancellationToken cancellationToken) => throw new InvalidOperationException("cannot start");

        public Task AppDownAsync(VirtualSidecar replica, CancellationToken cancellationToken) => throw new InvalidOperationException("cannot stop");
    }
}
