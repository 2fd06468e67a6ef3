using System.Net;
using System.Text;
using Argosy.Testing;
using Dapr.Client;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>The publish API of a real sidecar, over both transports, down to what the subscriber gets.</summary>
public sealed class PublishTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly SubscriberApp _app = new(new { pubsubname = "pubsub", topic = "orders", route = "/on-order" });
    private readonly HttpClient _http = new();
    private SidecarProcess _sidecar = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        PubSubResources.Write(_folder, PubSubResources.Sqlite());
        await _app.StartAsync();
        _sidecar = new SidecarProcess(_folder.Path, "shop", _app.Port);
        await _sidecar.StartAsync();
        _http.BaseAddress = new Uri(_sidecar.HttpEndpoint);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sidecar.DisposeAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Publish_JsonOverHttp_IsDeliveredInAnEnvelope()
    {
        using var content = new StringContent("""{"total":12.50}""", Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("/v1.0/publish/pubsub/orders", UriKind.Relative), content, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var delivery = await OneDeliveryAsync();
        Assert.Equal("/on-order", delivery.Path);
        Assert.StartsWith("application/cloudevents+json", delivery.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("12.50", delivery.Event.GetProperty("data").GetProperty("total").GetRawText());
        Assert.Equal("shop", delivery.Event.GetProperty("source").GetString());
    }

    [Fact]
    public async Task Publish_OverGrpcWithSdk_IsDelivered()
    {
        using var dapr = new DaprClientBuilder().UseGrpcEndpoint(_sidecar.GrpcEndpoint).UseHttpEndpoint(_sidecar.HttpEndpoint).Build();
        await dapr.PublishEventAsync("pubsub", "orders", new { Number = 7 }, Cancellation);

        var delivery = await OneDeliveryAsync();
        Assert.Equal(7, delivery.Event.GetProperty("data").GetProperty("number").GetInt32());
    }

    private async Task<SubscriberApp.Delivery> OneDeliveryAsync()
    {
        await Eventually.HoldsAsync("the event is delivered", () => _app.Deliveries.Count > 0);
        return Assert.Single(_app.Deliveries);
    }
}
