using Argosy.Testing;
using Dapr.Client;
using Xunit;

namespace Argosy.Sidecar.Tests.State;

/// <summary>A sidecar process with state stores of both kinds and of every key prefix, and clients for it.</summary>
public sealed class StateApiFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    public SidecarProcess Sidecar { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public DaprClient Dapr { get; private set; } = null!;

    public string Database => _folder.File("state.db");

    public async ValueTask InitializeAsync()
    {
        _folder.Write("resources/stores.yaml", string.Join("\n---\n",
            ComponentYaml.Of("sqlite", "state.sqlite", "connectionString: state.db"),
            ComponentYaml.Of("memory", "state.in-memory"),
            ComponentYaml.Of("by-name", "state.sqlite", "connectionString: state.db", "keyPrefix: name"),
            ComponentYaml.Of("by-none", "state.sqlite", "connectionString: state.db", "keyPrefix: none"),
            ComponentYaml.Of("by-literal", "state.sqlite", "connectionString: state.db", "keyPrefix: Shop"),
            ComponentYaml.Of("by-namespace", "state.sqlite", "connectionString: state.db", "keyPrefix: namespace")));
        Sidecar = new SidecarProcess(_folder.Path, "basket");
        await Sidecar.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(Sidecar.HttpEndpoint) };
        Dapr = new DaprClientBuilder().UseHttpEndpoint(Sidecar.HttpEndpoint).UseGrpcEndpoint(Sidecar.GrpcEndpoint).Build();
    }

    public async ValueTask DisposeAsync()
    {
        Dapr.Dispose();
        Http.Dispose();
        await Sidecar.DisposeAsync();
        _folder.Dispose();
    }
}
