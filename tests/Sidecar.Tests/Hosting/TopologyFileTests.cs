using System.Text.Json;
using Argosy.Sidecar.Hosting;
using Argosy.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Hosting;

public sealed class TopologyFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_OnlyWhatIsRequired_KeepsTheDefaults()
    {
        var topology = TopologyFile.Read(_folder.Write("t.json", """{ "apps": [ { "appId": "a", "replicas": [ { "httpPort": 1, "grpcPort": 2, "appPort": 3 } ] } ] }"""));

        Assert.Equal(("127.0.0.1", 4 * 1024 * 1024, 5, "info"), (topology.ListenAddress, topology.MaxBodyBytes, topology.GracefulShutdownSeconds, topology.LogLevel));
        var app = Assert.Single(topology.Apps);
        Assert.Equal(("default", "http", "127.0.0.1", -1), (app.Namespace, app.AppProtocol, app.AppAddress, app.AppMaxConcurrency));
        Assert.Empty(app.ResourcesPaths);
        Assert.Equal(new TopologyReplica(1, 2, 3), Assert.Single(app.Replicas));
    }

    [Fact]
    public void WriteAndRead_EverySetting_ComesBack()
    {
        var topology = new Topology([new TopologyApp("a", [new TopologyReplica(1, 2, 3)]) { ResourcesPaths = ["r"], ConfigPaths = ["c"], ApiToken = "t", AppToken = "u" }]) { LogAsJson = true, GracefulShutdownSeconds = 9 };
        var file = _folder.File("t.json");

        TopologyFile.Write(file, topology);
        var read = TopologyFile.Read(file);

        Assert.Equal((true, 9), (read.LogAsJson, read.GracefulShutdownSeconds));
        Assert.Equal(("r", "c", "t", "u"), (read.Apps[0].ResourcesPaths[0], read.Apps[0].ConfigPaths[0], read.Apps[0].ApiToken, read.Apps[0].AppToken));
    }

    [Fact]
    public void Read_UnknownName_IsRefused() =>
        Assert.Throws<JsonException>(() => TopologyFile.Read(_folder.Write("t.json", """{ "apps": [], "aps": [] }""")));
}
