using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Argosy.Gateway.Tests.Hosting;
using Argosy.Testing;

[assembly: AssemblyFixture(typeof(EdgeFixture))]

namespace Argosy.Gateway.Tests.Hosting;

/// <summary>A real sidecar process between a real gateway process and fake services, shared by all tests. Inventory is down.</summary>
public sealed class EdgeFixture : IAsyncLifetime
{
    public const string OperatorKey = "operator-key-of-the-tests";

    private readonly TempFolder _folder = new();
    private readonly List<GatewayProcess> _gateways = [];
    private readonly string _cookieKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly int _sidecarHttp = FreePort.Next();
    private readonly int _sidecarGrpc = FreePort.Next();
    private FakeServices? _services;
    private Process? _sidecar;

    internal FakeServices Services => _services!;

    /// <summary>With default settings, and the web app of <see cref="WebRoot"/>.</summary>
    internal GatewayProcess Gateway => _gateways[0];

    internal string WebRoot => _folder.File("web");

    public async ValueTask InitializeAsync()
    {
        _services = await FakeServices.StartAsync();
        _folder.Write("secrets.json", JsonSerializer.Serialize(new Dictionary<string, string> { ["gateway-cookie-key"] = _cookieKey, ["operator-key"] = OperatorKey }));
        _folder.Write("resources/secretstore.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: secretstore
            spec:
              type: secretstores.local.file
              version: v1
              metadata:
              - name: secretsFile
                value: secrets.json
            """);
        _folder.Write("web/index.html", "<!doctype html><title>shop</title>");
        _folder.Write("web/assets/app-1a2b3c.js", $"console.log('{new string('x', 5000)}')");
        _folder.Write("web/manifest.webmanifest", "{}");
        StartSidecar();
        await StartGatewayAsync(("Web__Root", WebRoot));
    }

    /// <summary>One more gateway on the same sidecar.</summary>
    internal async Task<GatewayProcess> StartGatewayAsync(params (string Name, string Value)[] settings)
    {
        var gateway = await GatewayProcess.StartAsync(_folder.Path, [("DAPR_HTTP_PORT", $"{_sidecarHttp}"), ("DAPR_GRPC_PORT", $"{_sidecarGrpc}"), ("DAPR_API_TOKEN", "api-token"), .. settings]);
        lock (_gateways)
            _gateways.Add(gateway);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
            gateway.Dispose();
        _sidecar?.Kill();
        _sidecar?.Dispose();
        if (_services is not null)
            await _services.DisposeAsync();
        _folder.Dispose();
    }

    private void StartSidecar()
    {
        object App(string id, int appPort, int http, int grpc) => new
        {
            appId = id,
            apiToken = "api-token",
            appToken = "app-token",
            resourcesPaths = new[] { "resources" },
            replicas = new[] { new { httpPort = http, grpcPort = grpc, appPort } },
        };
        _folder.Write("topology.json", JsonSerializer.Serialize(new
        {
            apps = new[]
            {
                App("gateway", 0, _sidecarHttp, _sidecarGrpc),
                App("catalog", Services.Port, FreePort.Next(), FreePort.Next()),
                App("basket", Services.Port, FreePort.Next(), FreePort.Next()),
                App("ordering", Services.Port, FreePort.Next(), FreePort.Next()),
                App("inventory", FreePort.Next(), FreePort.Next(), FreePort.Next()),
            },
        }));
        _sidecar = Process.Start(new ProcessStartInfo("dotnet", [Repository.Output("Argosy.Sidecar", "Argosy.Sidecar.dll"), "--topology", "topology.json"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
        })!;
        _sidecar.OutputDataReceived += (_, _) => { };
        _sidecar.BeginOutputReadLine();
    }
}
