using System.Net.Sockets;

namespace Argosy.Sidecar.Hosting;

/// <summary>Follows the port of one replica. While the app is up an idle connection to it is held open: it breaks the moment the
/// process dies, so that an app which dies and comes back is never mistaken for one that stayed.</summary>
internal sealed partial class ReplicaMonitor(VirtualSidecar replica, IReadOnlyList<IAppLifecycle> engines, ILogger log) : IDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private Task _watching = Task.CompletedTask;

    public void Start() => _watching = WatchAsync();

    /// <summary>Stops watching and lets the engines finish what runs, until <paramref name="graceIsOver"/>.</summary>
    public async Task StopAsync(CancellationToken graceIsOver)
    {
        await _stopping.CancelAsync();
        await _watching;
        if (replica.IsAppUp)
            await TellDownAsync(graceIsOver);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                var connection = await ConnectAsync(_stopping.Token);
                if (connection is null)
                {
                    if (replica.IsAppUp)
                    {
                        LogAppDown(log, replica.App.AppId, replica.Ports.AppPort);
                        await TellDownAsync(_stopping.Token);
                    }
                    await Task.Delay(ProbeInterval, _stopping.Token);
                    continue;
                }
                using (connection)
                {
                    if (!replica.IsAppUp)
                    {
                        LogAppUp(log, replica.App.AppId, replica.Ports.AppPort);
                        await TellUpAsync();
                    }
                    var opened = Environment.TickCount64;
                    await UntilClosedAsync(connection, _stopping.Token);
                    // A server that closes such connections at once must not be asked again and again without pause.
                    if (Environment.TickCount64 - opened < ProbeInterval.TotalMilliseconds)
                        await Task.Delay(ProbeInterval, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The sidecar stops; StopAsync does the rest.
        }
    }

    private async Task<Socket?> ConnectAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(ProbeTimeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(replica.App.Settings.AppAddress, replica.Ports.AppPort, deadline.Token);
            return socket;
        }
        catch (Exception unreachable) when (unreachable is SocketException || (unreachable is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Servers close idle connections too: the caller finds out which it was by connecting again.</summary>
    private static async Task UntilClosedAsync(Socket connection, CancellationToken cancellationToken)
    {
        var discarded = new byte[64];
        try
        {
            while (await connection.ReceiveAsync(discarded, SocketFlags.None, cancellationToken) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset by a process that died.
        }
    }

    private async Task TellUpAsync()
    {
        replica.IsAppUp = true;
        foreach (var engine in engines)
        {
            try
            {
                await engine.AppUpAsync(replica, _stopping.Token);
            }
            catch (Exception failure) when (!_stopping.IsCancellationRequested)
            {
                LogEngineFailed(log, failure, engine.GetType().Name, "started", replica.App.AppId);
            }
        }
        replica.IsReady = true;
    }

    private async Task TellDownAsync(CancellationToken graceIsOver)
    {
        replica.IsAppUp = false;
        foreach (var engine in engines)
        {
            try
            {
                await engine.AppDownAsync(replica, graceIsOver);
            }
            catch (Exception failure)
            {
                LogEngineFailed(log, failure, engine.GetType().Name, "stopped", replica.App.AppId);
            }
        }
    }

    [LoggerMessage(120, LogLevel.Information, "App {AppId} answers on port {Port}")]
    private static partial void LogAppUp(ILogger log, string appId, int port);

    [LoggerMessage(121, LogLevel.Warning, "App {AppId} no longer answers on port {Port}")]
    private static partial void LogAppDown(ILogger log, string appId, int port);

    [LoggerMessage(122, LogLevel.Error, "{Engine} could not be {Step} for app {AppId}")]
    private static partial void LogEngineFailed(ILogger log, Exception failure, string engine, string step, string appId);
}
