using System.Net;
using System.Net.Sockets;
using Argosy.Cli.Running;
using Xunit;

namespace Argosy.Cli.Tests.Running;

public sealed class LocalPortsTests
{
    [Fact]
    public void Next_Repeatedly_GivesDifferentPortsBelowTheOutgoingRange()
    {
        var ports = new LocalPorts();

        var given = Enumerable.Range(0, 50).Select(_ => ports.Next()).ToList();

        Assert.Equal(given.Count, given.Distinct().Count());
        Assert.All(given, port => Assert.InRange(port, 20_000, 29_999));
    }

    [Fact]
    public void IsFree_PortInUse_IsFalse()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        Assert.False(LocalPorts.IsFree(((IPEndPoint)listener.LocalEndpoint).Port));
    }
}
