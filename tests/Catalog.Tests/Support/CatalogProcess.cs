using System.Diagnostics;
using Argosy.Contracts;
using Argosy.Testing;
using Dapr.Client;

namespace Argosy.Catalog.Tests.Support;

/// <summary>The service as a process, seeded, with a real sidecar of its own, on free ports and SQLite files.</summary>
internal sealed class CatalogProcess : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private readonly SidecarProcess _sidecar;
    private Process? _service;

    private CatalogProcess()
    {
        _sidecar = new SidecarProcess(_folder.Path, AppIds.Catalog, _port);
        _folder.Write("secrets.json", """{ "catalog-db": "sqlite:catalog.db" }""");
        foreach (var component in new[] { ComponentNames.StateStore, ComponentNames.PubSub, ComponentNames.SecretStore })
            File.Copy(Path.Combine(Repository.Root, "components", "embedded", $"{component}.yaml"), Path.Combine(_folder.Path, "resources", $"{component}.yaml"));
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        Dapr = new DaprClientBuilder().UseHttpEndpoint(_sidecar.HttpEndpoint).UseGrpcEndpoint(_sidecar.GrpcEndpoint).Build();
    }

    /// <summary>Calls the service as its sidecar does.</summary>
    public HttpClient Http { get; }

    /// <summary>Calls the service's sidecar as the service does.</summary>
    public DaprClient Dapr { get; }

    public static async Task<CatalogProcess> StartAsync()
    {
        var catalog = new CatalogProcess();
        await catalog._sidecar.StartAsync();
        catalog.StartService();
        await Eventually.HoldsAsync("the catalog answers", async () =>
        {
            using var answer = await catalog.Http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }, TimeSpan.FromSeconds(60));
        return catalog;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Dapr.Dispose();
        if (_service is { HasExited: false })
        {
            _service.Kill();
            await _service.WaitForExitAsync();
        }
        _service?.Dispose();
        await _sidecar.DisposeAsync();
        _folder.Dispose();
    }

    private void StartService()
    {
        var start = new ProcessStartInfo("dotnet", $"\"{Path.Combine(AppContext.BaseDirectory, "Argosy.Catalog.dll")}\"")
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_port}",
                ["APP_PORT"] = _port.ToString(),
                ["DAPR_HTTP_PORT"] = _sidecar.HttpPort.ToString(),
                ["DAPR_GRPC_PORT"] = _sidecar.GrpcPort.ToString(),
            },
        };
        _service = Process.Start(start)!;
        _service.OutputDataReceived += (_, _) => { };
        _service.ErrorDataReceived += (_, _) => { };
        _service.BeginOutputReadLine();
        _service.BeginErrorReadLine();
    }
}
