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
    private readonly int _stripeSidecarHttp = FreePort.Next();
    private readonly int _stripeSidecarGrpc = FreePort.Next();
    private readonly Lazy<Task<GatewayProcess>> _cardForm;
    private readonly Lazy<Task<GatewayProcess>> _withHub;
    private FakeServices? _services;
    private FakeHub? _hub;
    private Process? _sidecar;

    public EdgeFixture()
    {
        _cardForm = new(() => StartGatewayAsync(("DAPR_HTTP_PORT", $"{_stripeSidecarHttp}"), ("DAPR_GRPC_PORT", $"{_stripeSidecarGrpc}"), ("Web__Root", WebRoot)));
        _withHub = new(() => StartGatewayWithHubAsync());
    }

    internal FakeServices Services => _services!;

    internal FakeHub Hub => _hub!;

    /// <summary>With default settings, and the web app of <see cref="WebRoot"/>.</summary>
    internal GatewayProcess Gateway => _gateways[0];

    internal string WebRoot => _folder.File("web");

    public async ValueTask InitializeAsync()
    {
        _services = await FakeServices.StartAsync();
        _hub = await FakeHub.StartAsync();
        WriteSecrets("resources", "secrets.json", publishableKey: "");
        WriteSecrets("stripe-resources", "stripe-secrets.json", publishableKey: "pk_test_of_the_tests");
        _folder.Write("web/index.html", "<!doctype html><title>shop</title>");
        _folder.Write("web/assets/app-1a2b3c.js", $"console.log('{new string('x', 5000)}')");
        _folder.Write("web/manifest.webmanifest", "{}");
        StartSidecar();
        await StartGatewayAsync(("Web__Root", WebRoot));
    }

    /// <summary>A gateway whose secret store has Stripe's publishable key; the same one for all tests.</summary>
    internal Task<GatewayProcess> CardFormGatewayAsync() => _cardForm.Value;

    /// <summary>A gateway that forwards live news; the same one for all tests.</summary>
    internal Task<GatewayProcess> HubGatewayAsync() => _withHub.Value;

    /// <summary>One more gateway that forwards live news.</summary>
    internal Task<GatewayProcess> StartGatewayWithHubAsync(params (string Name, string Value)[] settings) =>
        StartGatewayAsync([("Hubs__Address", $"http://127.0.0.1:{Hub.Port}"), ("Hubs__AppToken", "hub-token"), .. settings]);

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
        if (_hub is not null)
            await _hub.DisposeAsync();
        _folder.Dispose();
    }

    private void WriteSecrets(string resources, string file, string publishableKey)
    {
        _folder.Write(file, JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["gateway-cookie-key"] = _cookieKey,
            ["operator-key"] = OperatorKey,
            ["stripe-publishable-key"] = publishableKey,
        }));
        _folder.Write($"{resources}/secretstore.yaml", $"""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: secretstore
            spec:
              type: secretstores.local.file
              version: v1
              metadata:
              - name: secretsFile
                value: {file}
            """);
    }

    private void StartSidecar()
    {
        object App(string id, int appPort, int http, int grpc, string resources = "resources") => new
        {
            appId = id,
            apiToken = "api-token",
            appToken = "app-token",
            resourcesPaths = new[] { resources },
            replicas = new[] { new { httpPort = http, grpcPort = grpc, appPort } },
        };
        _folder.Write("topology.json", JsonSerializer.Serialize(new
        {
            apps = new[]
            {
                App("gateway", 0, _sidecarHttp, _sidecarGrpc),
                App("gateway-with-stripe", 0, _stripeSidecarHttp, _stripeSidecarGrpc, "stripe-resources"),
                App("catalog", Services.Port, FreePort.Next(), FreePort.Next()),
                App("basket", Services.Port, FreePort.Next(), FreePort.Next()),
                App("ordering", Services.Port, FreePort.Next(), FreePort.Next()),
                App("payment", Services.Port, FreePort.Next(), FreePort.Next()),
                App("paymentsimulator", Services.Port, FreePort.Next(), FreePort.Next()),
                App("notification", Services.Port, FreePort.Next(), FreePort.Next()),
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
