using Argosy.Testing;
using Dapr.Client;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>One sidecar with its app for all tests of the publish API.</summary>
public sealed class PublishFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private SidecarProcess _sidecar = null!;

    public string Database => _folder.File("pubsub.db");

    public HttpClient Http { get; } = new();

    public DaprClient Dapr { get; private set; } = null!;

    internal SubscriberApp App { get; } = new(
        new { pubsubname = "pubsub", topic = "orders", route = "/on-order" },
        new { pubsubname = "pubsub", topic = "eu/orders", route = "/on-order" },
        new { pubsubname = "pubsub", topic = "raw", route = "/on-raw", metadata = new { rawPayload = "true" } });

    public async ValueTask InitializeAsync()
    {
        PubSubResources.Write(_folder, PubSubResources.Sqlite(("protectedTopics", "secret")));
        await App.StartAsync();
        _sidecar = new SidecarProcess(_folder.Path, "shop", App.Port);
        await _sidecar.StartAsync();
        Http.BaseAddress = new Uri(_sidecar.HttpEndpoint);
        Dapr = new DaprClientBuilder().UseGrpcEndpoint(_sidecar.GrpcEndpoint).UseHttpEndpoint(_sidecar.HttpEndpoint).Build();
    }

    public async ValueTask DisposeAsync()
    {
        Dapr.Dispose();
        Http.Dispose();
        await _sidecar.DisposeAsync();
        await App.DisposeAsync();
        _folder.Dispose();
    }
}
