using System.Net;
using System.Text;
using System.Text.Json;
using Argosy.Testing;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>The publish API of a real sidecar, over both transports, down to what the subscriber gets.</summary>
public sealed class PublishTests : IClassFixture<PublishFixture>
{
    private const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly PublishFixture _fixture;
    private readonly DaprClient _dapr;
    private readonly SubscriberApp _app;

    public PublishTests(PublishFixture fixture)
    {
        _fixture = fixture;
        _dapr = fixture.Dapr;
        _app = fixture.App;
        _app.Forget();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_JsonOverHttp_IsDeliveredInAnEnvelope()
    {
        using var answer = await PostAsync("/v1.0/publish/pubsub/orders?metadata.partitionKey=7", """{"total":12.50}""", "application/json");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var delivery = await OneDeliveryAsync();
        Assert.Equal("/on-order", delivery.Path);
        Assert.Equal("application/cloudevents+json", delivery.Headers["Content-Type"]);
        Assert.Equal("7", delivery.Headers["partitionkey"]);
        Assert.Equal("12.50", delivery.Event.GetProperty("data").GetProperty("total").GetRawText());
        Assert.Equal("shop", delivery.Event.GetProperty("source").GetString());
    }

    [Fact]
    public async Task Publish_WithTrace_CarriesItToTheSubscriber()
    {
        using var answer = await PostAsync("/v1.0/publish/pubsub/orders", "1", "application/json", TraceParent);

        var delivery = await OneDeliveryAsync();
        Assert.Equal(TraceParent, delivery.Headers["traceparent"]);
        Assert.Equal(TraceParent, delivery.Event.GetProperty("traceparent").GetString());
    }

    [Theory]
    [InlineData("/v1.0/publish/pubsub/eu/orders")]
    [InlineData("/v1.0/publish/pubsub/eu%2Forders")]
    public async Task Publish_TopicWithSlash_IsOneTopic(string path)
    {
        using var answer = await PostAsync(path, "1", "application/json");

        Assert.Equal("eu/orders", (await OneDeliveryAsync()).Event.GetProperty("topic").GetString());
    }

    [Fact]
    public async Task Publish_Raw_ReachesARawSubscriberAsItWas()
    {
        using var answer = await PostAsync("/v1.0/publish/pubsub/raw?metadata.rawPayload=true", "just bytes", "text/plain");

        var delivery = await OneDeliveryAsync();
        Assert.Equal("/on-raw", delivery.Path);
        Assert.Equal("just bytes", Encoding.UTF8.GetString(delivery.Event.GetProperty("data_base64").GetBytesFromBase64()));
    }

    [Theory]
    [InlineData("/v1.0/publish/nobody/orders", 404, "ERR_PUBSUB_NOT_FOUND", "DAPR_PUBSUB_NOT_FOUND")]
    [InlineData("/v1.0/publish/pubsub", 404, "ERR_TOPIC_NAME_EMPTY", "DAPR_PUBSUB_TOPIC_NAME_EMPTY")]
    [InlineData("/v1.0/publish/pubsub/", 404, "ERR_TOPIC_NAME_EMPTY", "DAPR_PUBSUB_TOPIC_NAME_EMPTY")]
    [InlineData("/v1.0/publish/pubsub/secret", 403, "ERR_PUBSUB_FORBIDDEN", "DAPR_PUBSUB_FORBIDDEN")]
    [InlineData("/v1.0/publish/pubsub/orders?metadata.rawPayload=perhaps", 400, "ERR_PUBSUB_REQUEST_METADATA", "DAPR_PUBSUB_METADATA_DESERIALIZATION")]
    [InlineData("/v1.0/publish/pubsub/orders?metadata.ttlInSeconds=-1", 400, "ERR_PUBSUB_REQUEST_METADATA", "DAPR_PUBSUB_METADATA_DESERIALIZATION")]
    [InlineData("/v1.0/publish/pubsub/orders", 500, "ERR_PUBSUB_CLOUD_EVENTS_SER", "DAPR_PUBSUB_CLOUD_EVENT_CREATION")]
    [InlineData("/v1.0/publish/bulk/nobody/orders", 404, "ERR_PUBSUB_NOT_FOUND", "DAPR_PUBSUB_NOT_FOUND")]
    [InlineData("/v1.0/publish/bulk/pubsub/orders", 400, "ERR_PUBSUB_EVENTS_SER", "DAPR_PUBSUB_UNMARSHAL_EVENTS")]
    public async Task Publish_Refused_AnswersAsDaprDoes(string path, int status, string errorCode, string reason)
    {
        using var answer = await PostAsync(path, "no cloud event", "application/cloudevents+json");

        Assert.Equal(status, (int)answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(errorCode, body.RootElement.GetProperty("errorCode").GetString());
        Assert.Equal(reason, body.RootElement.GetProperty("details")[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("nobody", "orders", StatusCode.InvalidArgument)]
    [InlineData("pubsub", "secret", StatusCode.PermissionDenied)]
    public async Task Publish_RefusedOverGrpc_HasDaprsStatus(string pubSub, string topic, StatusCode expected)
    {
        var failure = await Assert.ThrowsAsync<DaprException>(() => _dapr.PublishEventAsync(pubSub, topic, 1, Cancellation));

        Assert.Equal(expected, Assert.IsType<RpcException>(failure.InnerException).StatusCode);
    }

    [Fact]
    public async Task Publish_WithSdk_IsDelivered()
    {
        await _dapr.PublishEventAsync("pubsub", "orders", new { Number = 7 }, new Dictionary<string, string> { ["cloudevent.type"] = "order-placed" }, Cancellation);

        var delivery = await OneDeliveryAsync();
        Assert.Equal(7, delivery.Event.GetProperty("data").GetProperty("number").GetInt32());
        Assert.Equal("order-placed", delivery.Event.GetProperty("type").GetString());
        Assert.Equal("application/json", delivery.Event.GetProperty("datacontenttype").GetString());
    }

    [Fact]
    public async Task Publish_CloudEventWithSdk_IsDeliveredAsTheServiceMadeIt()
    {
        var made = new CloudEvent<int>(42) { Type = "order-placed", Source = new Uri("urn:ordering") };
        await _dapr.PublishEventAsync("pubsub", "orders", made, Cancellation);

        var delivery = await OneDeliveryAsync();
        Assert.Equal(42, delivery.Event.GetProperty("data").GetInt32());
        Assert.Equal("order-placed", delivery.Event.GetProperty("type").GetString());
        Assert.Equal("urn:ordering", delivery.Event.GetProperty("source").GetString());
    }

    [Fact]
    public async Task BulkPublish_WithSdk_IsDelivered()
    {
        var result = await _dapr.BulkPublishEventAsync("pubsub", "orders", [1, 2, 3], cancellationToken: Cancellation);

        Assert.Empty(result.FailedEntries);
        await Eventually.HoldsAsync("all are delivered", () => _app.Deliveries.Count == 3);
        Assert.Equal([1, 2, 3], _app.Numbers.Order());
    }

    [Theory]
    [InlineData("/v1.0/publish/bulk/pubsub/orders")]
    [InlineData("/v1.0-alpha1/publish/bulk/pubsub/orders")]
    public async Task BulkPublish_OverHttp_TakesEachEntryByItsContentType(string path)
    {
        using var answer = await PostAsync(path + "?metadata.cloudevent.source=bulk", """
            [{"entryId":"a","event":{"n":1},"contentType":"application/json"},
             {"entryId":"b","event":"text","contentType":"text/plain","metadata":{"cloudevent.type":"mine"}},
             {"entryId":"c","event":"AQI=","contentType":"application/octet-stream"}]
            """, "application/json");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await Eventually.HoldsAsync("all are delivered", () => _app.Deliveries.Count == 3);
        var events = _app.Deliveries.Select(delivery => delivery.Event).ToList();
        Assert.Contains(events, item => item.TryGetProperty("data", out var data) && data.GetRawText() == """{"n":1}""");
        Assert.Contains(events, item => item.GetProperty("type").GetString() == "mine" && item.GetProperty("data").GetString() == "text");
        Assert.Contains(events, item => item.TryGetProperty("data_base64", out var data) && data.GetString() == "AQI=");
        Assert.All(events, item => Assert.Equal("bulk", item.GetProperty("source").GetString()));
    }

    [Theory]
    [InlineData("""[{"entryId":"a","event":1,"contentType":"application/json"},{"entryId":"a","event":2,"contentType":"application/json"}]""")]
    [InlineData("""[{"event":1,"contentType":"application/json"}]""")]
    [InlineData("""[{"entryId":"a","event":1,"contentType":"text/plain"}]""")]
    [InlineData("""[{"entryId":"a","event":"no base64!","contentType":"application/octet-stream"}]""")]
    public async Task BulkPublish_BadEntry_IsRefusedAsAWhole(string body)
    {
        var before = await CountAsync();
        using var answer = await PostAsync("/v1.0/publish/bulk/pubsub/orders", body, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("ERR_PUBSUB_EVENTS_SER", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync());
    }

    private Task<long> CountAsync() => PubSubFile.CountAsync(_fixture.Database, "message");

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string contentType, string? traceParent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.Add("Content-Type", contentType);
        if (traceParent is not null)
            request.Headers.Add("traceparent", traceParent);
        return await _fixture.Http.SendAsync(request, Cancellation);
    }

    private async Task<SubscriberApp.Delivery> OneDeliveryAsync()
    {
        await Eventually.HoldsAsync("the event is delivered", () => _app.Deliveries.Count > 0);
        return Assert.Single(_app.Deliveries);
    }
}
