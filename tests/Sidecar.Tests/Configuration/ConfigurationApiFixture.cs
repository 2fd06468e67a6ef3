using Argosy.Testing;
using Dapr.Client;
using Xunit;

namespace Argosy.Sidecar.Tests.Configuration;

/// <summary>An app, and its sidecar process with a configuration store.</summary>
public sealed class ConfigurationApiFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    public RecordingApp App { get; } = new();

    public SidecarProcess Sidecar { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public DaprClient Dapr { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _folder.Write("resources/config.yaml", ComponentYaml.Of("configstore", "configuration.sqlite", "connectionString: config.db"));
        await App.StartAsync();
        Sidecar = new SidecarProcess(_folder.Path, "app", App.Port);
        await Sidecar.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(Sidecar.HttpEndpoint) };
        Dapr = new DaprClientBuilder().UseGrpcEndpoint(Sidecar.GrpcEndpoint).Build();
    }

    public Task PutAsync(string key, string value) => ConfigurationFile.PutAsync(_folder.File("config.db"), key, value);

    public async ValueTask DisposeAsync()
    {
        Dapr.Dispose();
        Http.Dispose();
        await Sidecar.DisposeAsync();
        await App.DisposeAsync();
        _folder.Dispose();
    }
}
