using System.Text.Json;
using Argosy.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>Several apps and replicas behind one sidecar process: app ids each get every event, replicas share.</summary>
public sealed class PubSubReplicasTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly SubscriberApp _first = NewApp();
    private readonly SubscriberApp _second = NewApp();
    private readonly SubscriberApp _search = NewApp();
    private readonly HttpClient _http = new();
    private SidecarProcess _sidecar = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        PubSubResources.Write(_folder, PubSubResources.Sqlite(("maxDeliveries", "1")));
        int http = FreePort.Next(), grpc = FreePort.Next();
        var topology = new
        {
            apps = (object[])
            [
                App("catalog", (http, grpc, 0)),
                App("ordering", (FreePort.Next(), FreePort.Next(), _first.Port), (FreePort.Next(), FreePort.Next(), _second.Port)),
                App("search", (FreePort.Next(), FreePort.Next(), _search.Port)),
            ],
        };
        var file = _folder.Write("topology.json", JsonSerializer.Serialize(topology));
        await Task.WhenAll(_first.StartAsync(), _second.StartAsync(), _search.StartAsync());
        _sidecar = SidecarProcess.ForTopology(_folder.Path, file, http, grpc);
        await _sidecar.StartAsync();
        _http.BaseAddress = new Uri(_sidecar.HttpEndpoint);
        await Eventually.HoldsAsync("all apps are subscribed", () => _sidecar.Output.Split("is subscribed to orders-dead").Length == 3 && _sidecar.Output.Split("answers on port").Length == 4);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sidecar.DisposeAsync();
        foreach (var app in (SubscriberApp[])[_first, _second, _search])
            await app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Publish_TwoAppIdsAndTwoReplicas_EachAppGetsItOnceAndReplicasShare()
    {
        var published = 0;
        await Eventually.HoldsAsync("both replicas take part", async () =>
        {
            await PublishAsync(published++, 1);
            return _first.Deliveries.Count > 0 && _second.Deliveries.Count > 0;
        });
        await PublishAsync(published, 60);
        published += 60;

        await Eventually.HoldsAsync("all arrive", () => _search.Deliveries.Count >= published && _first.Deliveries.Count + _second.Deliveries.Count >= published);
        Assert.Equal(Enumerable.Range(0, published), _search.Numbers.Order());
        Assert.Equal(Enumerable.Range(0, published), _first.Numbers.Concat(_second.Numbers).Order());
        Assert.InRange(_second.Deliveries.Count, 15, published - 15);
    }

    [Fact]
    public async Task Publish_OneReplicaDown_TheOtherGetsAll()
    {
        await _first.StopAsync();

        await PublishAsync(0, 20);

        await Eventually.HoldsAsync("all arrive", () => _second.Deliveries.Count >= 20);
        Assert.Equal(Enumerable.Range(0, 20), _second.Numbers.Order());
    }

    [Fact]
    public async Task Publish_AppDown_WaitsWithoutUsingAttempts()
    {
        await _first.StopAsync();
        await _second.StopAsync();
        await PublishAsync(0, 10);
        await Eventually.HoldsAsync("the other app has them", () => _search.Deliveries.Count == 10);

        await _first.StartAsync();

        await Eventually.HoldsAsync("the app that is back has them too", () => _first.Deliveries.Count == 10);
        Assert.Equal(Enumerable.Range(0, 10), _first.Numbers.Order());
        Assert.All(_first.Deliveries, delivery => Assert.Equal("/orders", delivery.Path));
    }

    private static SubscriberApp NewApp() => new(
        new { pubsubname = "pubsub", topic = "orders", route = "/orders", deadLetterTopic = "orders-dead" },
        new { pubsubname = "pubsub", topic = "orders-dead", route = "/dead" });

    private static object App(string appId, params (int Http, int Grpc, int App)[] replicas) => new
    {
        appId,
        resourcesPaths = (string[])["resources"],
        replicas = replicas.Select(replica => new { httpPort = replica.Http, grpcPort = replica.Grpc, appPort = replica.App }),
    };

    private async Task PublishAsync(int first, int count)
    {
        foreach (var number in Enumerable.Range(first, count))
        {
            using var content = new StringContent($"{number}");
            content.Headers.ContentType = new("application/json");
            using var answer = await _http.PostAsync(new Uri("/v1.0/publish/pubsub/orders", UriKind.Relative), content, Cancellation);
            Assert.Equal(StatusCodes.Status204NoContent, (int)answer.StatusCode);
        }
    }
}
