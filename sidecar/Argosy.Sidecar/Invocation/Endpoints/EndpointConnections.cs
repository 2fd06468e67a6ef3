using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Argosy.Sidecar.Hosting;

namespace Argosy.Sidecar.Invocation.Endpoints;

/// <summary>Makes the connections of endpoints. Within the topology it stands in for a cluster's DNS: plain http on port 80 of a host that is
/// the id of an app goes to a replica of that app, straight to its port and past its sidecar.</summary>
internal sealed class EndpointConnections(SidecarApp app, AppDirectory apps)
{
    private const int DefaultHttpPort = 80;

    /// <summary>A pool of its own. Unlike daprd's it follows no redirects, which would carry the endpoint's secret headers to another host.</summary>
    /// <param name="tls">Certificates of the endpoint, if it has some.</param>
    public HttpMessageInvoker NewInvoker(SslClientAuthenticationOptions? tls = null) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
        // A connection must not outlive for long what DNS says about its host.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        EnableMultipleHttp2Connections = true,
        SslOptions = tls ?? new SslClientAuthenticationOptions { AllowRenegotiation = false },
        ConnectCallback = ConnectAsync,
    });

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint;
        var isPlain = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttp && host.Port == DefaultHttpPort;
        return isPlain && apps.Find(host.Host, app.Namespace) is { } local
            ? await ConnectAsync(local, cancellationToken)
            : await ConnectAsync(host, cancellationToken);
    }

    private static async ValueTask<Stream> ConnectAsync(SidecarApp local, CancellationToken cancellationToken)
    {
        var balancer = local.Engine<ReplicaBalancer>();
        var replica = balancer.Next() ?? throw new SocketException((int)SocketError.HostNotFound);
        for (var left = local.Replicas.Count - 1; ; left--)
        {
            try
            {
                return await ConnectAsync(new DnsEndPoint(local.Settings.AppAddress, replica.Ports.AppPort), cancellationToken);
            }
            catch (SocketException) when (left > 0 && balancer.HasOtherUp(replica))
            {
                replica = balancer.Next(except: replica)!;
            }
        }
    }

    private static async ValueTask<Stream> ConnectAsync(EndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
