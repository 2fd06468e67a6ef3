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
            Component("sqlite", "state.sqlite", "connectionString: state.db"),
            Component("memory", "state.in-memory"),
            Component("by-name", "state.sqlite", "connectionString: state.db", "keyPrefix: name"),
            Component("by-none", "state.sqlite", "connectionString: state.db", "keyPrefix: none"),
            Component("by-literal", "state.sqlite", "connectionString: state.db", "keyPrefix: Shop"),
            Component("by-namespace", "state.sqlite", "connectionString: state.db", "keyPrefix: namespace")));
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

    public static string Component(string name, string type, params string[] metadata) => $"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: {name}
        spec:
          type: {type}
          version: v1
          metadata: [{string.Join(", ", metadata.Select(item => item.Split(": ", 2)).Select(item => $"{{ name: {item[0]}, value: \"{item[1]}\" }}"))}]
        """;
}
