using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Argosy.Testing;

namespace Argosy.Ordering.Tests.Support;

/// <summary>A wire between a process and a port of another one, which a test can cut and join again.</summary>
internal sealed class TcpGate : IDisposable
{
    private readonly int _target;
    private readonly ConcurrentBag<TcpClient> _connections = [];
    private TcpListener? _listener;

    public TcpGate(int target)
    {
        _target = target;
        Open();
    }

    public int Port { get; } = FreePort.Next();

    public void Open()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync(_listener);
    }

    /// <summary>Ends every connection and refuses new ones.</summary>
    public void Cut()
    {
        _listener!.Dispose();
        while (_connections.TryTake(out var connection))
            connection.Dispose();
    }

    public void Dispose() => Cut();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
                _ = JoinAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task JoinAsync(TcpClient near)
    {
        var far = new TcpClient();
        _connections.Add(near);
        _connections.Add(far);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAll(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            near.Dispose(); // Nobody is behind the gate.
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or one side ended.
        }
        to.Dispose();
    }
}
