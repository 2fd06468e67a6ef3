using Argosy.Testing;
using Dapr.Client;
using Xunit;

namespace Argosy.Sidecar.Tests.Locks;

/// <summary>A sidecar process with a lock store for every key prefix.</summary>
public sealed class LockApiFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    public SidecarProcess Sidecar { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public DaprClient Dapr { get; private set; } = null!;

    public string Database => _folder.File("locks.db");

    public async ValueTask InitializeAsync()
    {
        _folder.Write("resources/locks.yaml", string.Join("\n---\n",
            ComponentYaml.Of("lockstore", "lock.sqlite", "connectionString: locks.db"),
            ComponentYaml.Of("by-name", "lock.sqlite", "connectionString: locks.db", "keyPrefix: name"),
            ComponentYaml.Of("by-none", "lock.sqlite", "connectionString: locks.db", "keyPrefix: none")));
        Sidecar = new SidecarProcess(_folder.Path, "inventory");
        await Sidecar.StartAsync();
        Dapr = new DaprClientBuilder().UseGrpcEndpoint(Sidecar.GrpcEndpoint).Build();
    }

    public async ValueTask DisposeAsync()
    {
        Dapr.Dispose();
        Http.Dispose();
        await Sidecar.DisposeAsync();
        _folder.Dispose();
    }
}
