using System.Text;
using System.Text.Json;
using Argosy.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>What becomes of an event between the publish call and the app's answer.</summary>
public sealed class DeliveryTests : SubscriberTest
{
    /// <summary>Each row: how the app answers the first delivery, how often it gets the event, whether the event becomes a dead letter.</summary>
    [Theory]
    [InlineData(200, "", 1, false)]
    [InlineData(200, """{"status":"RETRY"}""", 2, false)]
    [InlineData(500, "", 2, false)]
    [InlineData(200, """{"status":"DROP"}""", 1, true)]
    [InlineData(404, "", 1, true)]
    public async Task Deliver_Answer_DecidesWhatFollows(int status, string body, int deliveries, bool isDeadLetter)
    {
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders", deadLetterTopic = "orders-dead" }, new { pubsubname = "pubsub", topic = "orders-dead", route = "/dead" }, new { pubsubname = "pubsub", topic = "end", route = "/end" }];
        App.Answer = async (delivery, context) =>
        {
            if (delivery.Path != "/orders" || App.Deliveries.Count(other => other.Path == "/orders") > 1)
                return;
            context.Response.StatusCode = status;
            if (body.Length > 0)
                await context.Response.WriteAsync(body);
        };
        await StartAsync(PubSubResources.Sqlite(("redeliverInterval", "10ms")));

        await PublishAsync("orders", 1);

        await Eventually.HoldsAsync("the event is done with", async () =>
            App.Deliveries.Count >= deliveries + (isDeadLetter ? 1 : 0) && await PubSubFile.CountAsync(Database, "delivery") == 0);
        Assert.Equal(deliveries, App.Deliveries.Count(delivery => delivery.Path == "/orders"));
        Assert.Equal(isDeadLetter ? 1 : 0, App.Deliveries.Count(delivery => delivery.Path == "/dead"));
    }

    [Fact]
    public async Task Deliver_FailsEveryTime_BecomesADeadLetterWithItsOriginalBytes()
    {
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders", deadLetterTopic = "orders-dead" }, new { pubsubname = "pubsub", topic = "orders-dead", route = "/dead" }];
        App.Answer = (delivery, context) =>
        {
            context.Response.StatusCode = delivery.Path == "/orders" ? 500 : 200;
            return Task.CompletedTask;
        };
        await StartAsync(PubSubResources.Sqlite(("redeliverInterval", "10ms"), ("maxDeliveries", "3")));

        await PublishAsync("orders", 1);

        await Eventually.HoldsAsync("the dead letter arrives", () => App.Deliveries.Any(delivery => delivery.Path == "/dead"));
        var attempts = App.Deliveries.Where(delivery => delivery.Path == "/orders").ToList();
        var deadLetter = Assert.Single(App.Deliveries, delivery => delivery.Path == "/dead");
        Assert.Equal(3, attempts.Count);
        Assert.Equal(attempts[0].Event.GetRawText(), deadLetter.Event.GetRawText());
    }

    [Fact]
    public async Task Deliver_NoCloudEventOnTheTopic_NeverReachesTheApp()
    {
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders", deadLetterTopic = "orders-dead" }, new { pubsubname = "pubsub", topic = "orders-dead", route = "/dead", metadata = new { rawPayload = "true" } }];
        await StartAsync(PubSubResources.Sqlite(("redeliverInterval", "10ms"), ("maxDeliveries", "2")));

        await PostAsync("/v1.0/publish/pubsub/orders?metadata.rawPayload=true", "no envelope");

        await Eventually.HoldsAsync("the dead letter arrives", () => App.Deliveries.Count > 0);
        var deadLetter = Assert.Single(App.Deliveries);
        Assert.Equal("/dead", deadLetter.Path);
        Assert.Equal("no envelope", Encoding.UTF8.GetString(deadLetter.Event.GetProperty("data_base64").GetBytesFromBase64()));
    }

    [Fact]
    public async Task Deliver_InMemoryBus_ReachesTheApp()
    {
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }];
        await StartAsync(PubSubResources.InMemory());

        await Eventually.HoldsAsync("the app is subscribed and gets an event", async () =>
        {
            await PublishAsync("orders", 1);
            return App.Deliveries.Count > 0;
        });
    }

    [Fact]
    public async Task Deliver_ExpiredOnABusWithoutTimeToLive_IsDropped()
    {
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }, new { pubsubname = "pubsub", topic = "end", route = "/end" }];
        await StartAsync(PubSubResources.InMemory());
        await Eventually.HoldsAsync("the app is subscribed", async () =>
        {
            await PublishAsync("end", 0);
            return App.Deliveries.Count > 0;
        });

        await PostAsync("/v1.0/publish/pubsub/orders", """{"data":1,"expiration":"2020-01-01T00:00:00Z"}""", "application/cloudevents+json");
        await PostAsync("/v1.0/publish/pubsub/orders?metadata.ttlInSeconds=60", "2", "application/json");

        await Eventually.HoldsAsync("the other event arrives", () => App.Deliveries.Any(delivery => delivery.Path == "/orders"));
        var delivered = Assert.Single(App.Deliveries, delivery => delivery.Path == "/orders");
        Assert.Equal(2, delivered.Event.GetProperty("data").GetInt32());
        Assert.True(delivered.Event.GetProperty("expiration").GetDateTimeOffset() > DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Deliver_AppMaxConcurrency_IsTheMostAtATime()
    {
        var now = 0;
        var most = 0;
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }, new { pubsubname = "pubsub", topic = "payments", route = "/payments" }];
        App.Answer = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            await Task.Delay(5);
            Interlocked.Decrement(ref now);
        };
        await StartAsync(PubSubResources.Sqlite(), "--app-max-concurrency 1");

        for (var number = 0; number < 10; number++)
        {
            await PublishAsync("orders", number);
            await PublishAsync("payments", number);
        }

        await Eventually.HoldsAsync("all arrive", () => App.Deliveries.Count == 20);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Publish_ComponentFails_SaysSo()
    {
        await StartAsync(PubSubResources.Sqlite());
        await PubSubFile.DropAsync(Database, "message");

        using var single = await SendAsync("/v1.0/publish/pubsub/orders", "1");
        using var bulk = await SendAsync("/v1.0/publish/bulk/pubsub/orders", """[{"entryId":"a","event":1,"contentType":"application/json"}]""");

        Assert.Equal(500, (int)single.StatusCode);
        Assert.Contains("ERR_PUBSUB_PUBLISH_MESSAGE", await single.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(500, (int)bulk.StatusCode);
        using var body = JsonDocument.Parse(await bulk.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("ERR_PUBSUB_PUBLISH_MESSAGE", body.RootElement.GetProperty("errorCode").GetString());
        Assert.Equal("a", body.RootElement.GetProperty("failedEntries")[0].GetProperty("entryId").GetString());
    }

    [Fact]
    public async Task Publish_NoComponentAtAll_IsNotConfiguredAndTheAppIsNotAsked()
    {
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }];
        await StartAsync(component: null);

        using var answer = await SendAsync("/v1.0/publish/pubsub/orders", "1");

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("ERR_PUBSUB_NOT_CONFIGURED", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await Eventually.HoldsAsync("the app is seen", () => Sidecar.Output.Contains("answers on port", StringComparison.Ordinal));
        Assert.Equal(0, App.TimesAsked);
    }
}
