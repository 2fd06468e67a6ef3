using System.Net;
using System.Net.Sockets;

namespace Argosy.Cli.Running;

/// <summary>Hands out TCP ports that are free now. They lie below the range that systems give to outgoing connections, so that a
/// port is still free when its process is restarted.</summary>
internal sealed class LocalPorts
{
    private const int First = 20_000;
    private const int Last = 30_000;
    private int _next = Random.Shared.Next(First, Last);

    public int Next()
    {
        for (var tried = 0; tried < Last - First; tried++)
        {
            var port = _next;
            _next = port + 1 < Last ? port + 1 : First;
            if (IsFree(port))
                return port;
        }
        throw new CliException($"no free TCP port from {First} to {Last}");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
