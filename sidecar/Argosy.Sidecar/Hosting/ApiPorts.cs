using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Argosy.Sidecar.Hosting;

/// <summary>Opens an HTTP and a gRPC port for every sidecar, and marks each connection with the sidecar it belongs to.</summary>
internal static class ApiPorts
{
    public static void Listen(KestrelServerOptions kestrel, Topology topology, AppDirectory apps)
    {
        var address = IPAddress.Parse(topology.ListenAddress);
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = topology.MaxBodyBytes;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        // Clients that reach the HTTP port by HTTP/2 say http; see H2cDetection for why Kestrel would expect https.
        kestrel.AllowAlternateSchemes = true;
        foreach (var sidecar in apps.All.SelectMany(app => app.Replicas))
        {
            kestrel.Listen(address, sidecar.Ports.HttpPort, port => Serve(port, sidecar, HttpProtocols.Http1AndHttp2));
            kestrel.Listen(address, sidecar.Ports.GrpcPort, port => Serve(port, sidecar, HttpProtocols.Http2));
        }
    }

    private static void Serve(ListenOptions port, VirtualSidecar sidecar, HttpProtocols protocols)
    {
        port.Protocols = protocols;
        port.Use(next => connection =>
        {
            connection.Features.Set(sidecar);
            return next(connection);
        });
        if (protocols == HttpProtocols.Http1AndHttp2)
            port.Use(H2cDetection.Middleware);
    }
}
