using System.Text;
using System.Text.Json;
using Argosy.Testing;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>Deliveries of a real sidecar to an app: what the app's answers mean, and which subscriptions count.</summary>
public sealed class SubscriptionTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly SubscriberApp _app = new();
    private SidecarProcess? _sidecar;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_sidecar is not null)
            await _sidecar.DisposeAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Each row: how the app answers the first delivery, how often it gets the event, whether the event becomes a dead letter.</summary>
    [Theory]
    [InlineData(200, "", 1, false)]
    [InlineData(200, """{"status":"RETRY"}""", 2, false)]
    [InlineData(500, "", 2, false)]
    [InlineData(200, """{"status":"DROP"}""", 1, true)]
    [InlineData(404, "", 1, true)]
    public async Task Deliver_Answer_DecidesWhatFollows(int status, string body, int deliveries, bool isDeadLetter)
    {
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders", deadLetterTopic = "orders-dead" }, new { pubsubname = "pubsub", topic = "orders-dead", route = "/dead" }, new { pubsubname = "pubsub", topic = "end", route = "/end" }];
        _app.Answer = async (delivery, context) =>
        {
            if (delivery.Path != "/orders" || _app.Deliveries.Count(other => other.Path == "/orders") > 1)
                return;
            context.Response.StatusCode = status;
            if (body.Length > 0)
                await context.Response.WriteAsync(body);
        };
        await StartAsync(PubSubResources.Sqlite(("redeliverInterval", "10ms")));

        await PublishAsync("orders", 1);

        await Eventually.HoldsAsync("the event is done with", async () =>
            _app.Deliveries.Count >= deliveries + (isDeadLetter ? 1 : 0) && await PubSubFile.CountAsync(_folder.File("pubsub.db"), "delivery") == 0);
        Assert.Equal(deliveries, _app.Deliveries.Count(delivery => delivery.Path == "/orders"));
        Assert.Equal(isDeadLetter ? 1 : 0, _app.Deliveries.Count(delivery => delivery.Path == "/dead"));
    }

    [Fact]
    public async Task Deliver_FailsEveryTime_BecomesADeadLetterWithItsOriginalBytes()
    {
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders", deadLetterTopic = "orders-dead" }, new { pubsubname = "pubsub", topic = "orders-dead", route = "/dead" }];
        _app.Answer = (delivery, context) =>
        {
            context.Response.StatusCode = delivery.Path == "/orders" ? 500 : 200;
            return Task.CompletedTask;
        };
        await StartAsync(PubSubResources.Sqlite(("redeliverInterval", "10ms"), ("maxDeliveries", "3")));

        await PublishAsync("orders", 1);

        await Eventually.HoldsAsync("the dead letter arrives", () => _app.Deliveries.Any(delivery => delivery.Path == "/dead"));
        var attempts = _app.Deliveries.Where(delivery => delivery.Path == "/orders").ToList();
        var deadLetter = Assert.Single(_app.Deliveries, delivery => delivery.Path == "/dead");
        Assert.Equal(3, attempts.Count);
        Assert.Equal(attempts[0].Event.GetRawText(), deadLetter.Event.GetRawText());
    }

    [Fact]
    public async Task Deliver_NoCloudEventOnTheTopic_NeverReachesTheApp()
    {
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders", deadLetterTopic = "orders-dead" }, new { pubsubname = "pubsub", topic = "orders-dead", route = "/dead", metadata = new { rawPayload = "true" } }];
        await StartAsync(PubSubResources.Sqlite(("redeliverInterval", "10ms"), ("maxDeliveries", "2")));

        await PostAsync("/v1.0/publish/pubsub/orders?metadata.rawPayload=true", "no envelope");

        await Eventually.HoldsAsync("the dead letter arrives", () => _app.Deliveries.Count > 0);
        var deadLetter = Assert.Single(_app.Deliveries);
        Assert.Equal("/dead", deadLetter.Path);
        Assert.Equal("no envelope", Encoding.UTF8.GetString(deadLetter.Event.GetProperty("data_base64").GetBytesFromBase64()));
    }

    [Fact]
    public async Task Deliver_InMemoryBus_ReachesTheApp()
    {
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }];
        await StartAsync(PubSubResources.InMemory());

        await Eventually.HoldsAsync("the app is subscribed and gets an event", async () =>
        {
            await PublishAsync("orders", 1);
            return _app.Deliveries.Count > 0;
        });
    }

    [Fact]
    public async Task Deliver_ExpiredOnABusWithoutTimeToLive_IsDropped()
    {
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }, new { pubsubname = "pubsub", topic = "end", route = "/end" }];
        await StartAsync(PubSubResources.InMemory());
        await Eventually.HoldsAsync("the app is subscribed", async () =>
        {
            await PublishAsync("end", 0);
            return _app.Deliveries.Count > 0;
        });

        await PostAsync("/v1.0/publish/pubsub/orders", """{"data":1,"expiration":"2020-01-01T00:00:00Z"}""", "application/cloudevents+json");
        await PostAsync("/v1.0/publish/pubsub/orders?metadata.ttlInSeconds=60", "2", "application/json");

        await Eventually.HoldsAsync("the other event arrives", () => _app.Deliveries.Any(delivery => delivery.Path == "/orders"));
        var delivered = Assert.Single(_app.Deliveries, delivery => delivery.Path == "/orders");
        Assert.Equal(2, delivered.Event.GetProperty("data").GetInt32());
        Assert.True(delivered.Event.GetProperty("expiration").GetDateTimeOffset() > DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Subscribe_SdkSpellingAndRules_RouteEachEvent()
    {
        _app.Subscriptions = [new { pubsubName = "pubsub", topic = "orders", routes = new { rules = (object[])[new { match = "event.type == \"big\"", path = "big" }], @default = "/other" } }];
        await StartAsync(PubSubResources.Sqlite());

        await PostAsync("/v1.0/publish/pubsub/orders?metadata.cloudevent.type=big", "1");
        await PostAsync("/v1.0/publish/pubsub/orders?metadata.cloudevent.type=small", "2");

        await Eventually.HoldsAsync("both arrive", () => _app.Deliveries.Count == 2);
        Assert.Equal(["/big", "/other"], _app.Deliveries.Select(delivery => delivery.Path).Order());
    }

    [Fact]
    public async Task Subscribe_Declarative_NeedsNoAnswerFromTheApp()
    {
        _app.Subscriptions = null;
        _folder.Write("resources/subscriptions.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Subscription
            metadata:
              name: first
            spec:
              pubsubname: pubsub
              topic: orders
              route: /first
            ---
            apiVersion: dapr.io/v1alpha1
            kind: Subscription
            metadata:
              name: shadowed
            spec:
              pubsubname: pubsub
              topic: orders
              route: /shadowed
            ---
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: payments
            spec:
              pubsubname: pubsub
              topic: payments
              routes:
                rules:
                - match: event.type == "refund"
                  path: /refund
                default: /payment
            scopes:
            - shop
            ---
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: elsewhere
            spec:
              pubsubname: pubsub
              topic: elsewhere
              routes:
                default: /elsewhere
            scopes:
            - another
            """);
        await StartAsync(PubSubResources.Sqlite());

        await PublishAsync("elsewhere", 0);
        await PublishAsync("orders", 1);
        await PublishAsync("payments", 2);
        await PostAsync("/v1.0/publish/pubsub/payments?metadata.cloudevent.type=refund", "3");

        await Eventually.HoldsAsync("all arrive", () => _app.Deliveries.Count == 3);
        Assert.Equal(["/first", "/payment", "/refund"], _app.Deliveries.Select(delivery => delivery.Path).Order());
    }

    [Fact]
    public async Task Subscribe_BothWays_TheAppsOwnWordCounts()
    {
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/early" }, new { pubsubname = "pubsub", topic = "orders", route = "/programmatic" }];
        _folder.Write("resources/subscription.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Subscription
            metadata:
              name: orders
            spec:
              pubsubname: pubsub
              topic: orders
              route: /declarative
            """);
        await StartAsync(PubSubResources.Sqlite());

        await PublishAsync("orders", 1);

        await Eventually.HoldsAsync("it arrives", () => _app.Deliveries.Count > 0);
        Assert.Equal("/programmatic", Assert.Single(_app.Deliveries).Path);
    }

    [Fact]
    public async Task Subscribe_RuleNotUnderstood_StopsTheStartWithFileAndLine()
    {
        PubSubResources.Write(_folder, PubSubResources.Sqlite());
        _folder.Write("resources/subscription.yaml", """
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: orders
            spec:
              pubsubname: pubsub
              topic: orders
              routes:
                rules:
                - match: event.data.total > 10
                  path: /big
            """);
        _sidecar = new SidecarProcess(_folder.Path, "shop", _app.Port);
        _sidecar.Launch();
        await _sidecar.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal(1, _sidecar.ExitCode);
        Assert.Contains("subscription.yaml:1:", _sidecar.Output, StringComparison.Ordinal);
        Assert.Contains("event.data.total > 10", _sidecar.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_TopicNotAllowed_IsLeftOut()
    {
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }, new { pubsubname = "pubsub", topic = "payments", route = "/payments" }];
        await StartAsync(PubSubResources.Sqlite(("subscriptionScopes", "shop=payments")));

        await PublishAsync("orders", 1);
        await PublishAsync("payments", 2);

        await Eventually.HoldsAsync("the allowed one arrives", () => _app.Deliveries.Count > 0);
        Assert.Equal("/payments", Assert.Single(_app.Deliveries).Path);
        Assert.Contains("may not subscribe to orders", _sidecar!.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_ComesBackWithOtherSubscriptions_IsAskedAgain()
    {
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/before" }];
        await StartAsync(PubSubResources.Sqlite());
        await PublishAsync("orders", 1);
        await Eventually.HoldsAsync("the first arrives", () => _app.Deliveries.Count == 1);

        await _app.StopAsync();
        await Eventually.HoldsAsync("the sidecar has noticed", () => _sidecar!.Output.Contains("no longer answers", StringComparison.Ordinal));
        await PublishAsync("orders", 2);
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/after" }];
        await _app.StartAsync();

        await Eventually.HoldsAsync("the second arrives", () => _app.Deliveries.Count == 2);
        Assert.Equal("/after", _app.Deliveries[1].Path);
    }

    [Fact]
    public async Task Deliver_AppMaxConcurrency_IsTheMostAtATime()
    {
        var now = 0;
        var most = 0;
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }, new { pubsubname = "pubsub", topic = "payments", route = "/payments" }];
        _app.Answer = async (_, _) =>
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

        await Eventually.HoldsAsync("all arrive", () => _app.Deliveries.Count == 20);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Publish_ComponentFails_SaysSo()
    {
        await StartAsync(PubSubResources.Sqlite());
        await PubSubFile.DropAsync(_folder.File("pubsub.db"), "message");

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
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }];
        await StartAsync(component: null);

        using var answer = await SendAsync("/v1.0/publish/pubsub/orders", "1");

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("ERR_PUBSUB_NOT_CONFIGURED", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await Eventually.HoldsAsync("the app is seen", () => _sidecar!.Output.Contains("answers on port", StringComparison.Ordinal));
        Assert.Equal(0, _app.TimesAsked);
    }

    [Fact]
    public async Task Subscribe_ComponentFails_IsTriedAgain()
    {
        _app.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }];
        await StartAsync(PubSubResources.Sqlite(), startApp: false);
        await PubSubFile.DropAsync(_folder.File("pubsub.db"), "consumer");
        await _app.StartAsync();
        await Eventually.HoldsAsync("the first try has failed", () => _sidecar!.Output.Contains("could not be subscribed", StringComparison.Ordinal));

        await PubSubFile.CreateAsync(_folder.File("pubsub.db"));
        await PublishAsync("orders", 1);

        await Eventually.HoldsAsync("the event arrives", () => _app.Deliveries.Count == 1);
    }

    private async Task StartAsync(string? component, string arguments = "", bool startApp = true)
    {
        if (component is not null)
            PubSubResources.Write(_folder, component);
        if (startApp)
            await _app.StartAsync();
        _sidecar = new SidecarProcess(_folder.Path, "shop", _app.Port, arguments);
        await _sidecar.StartAsync();
        _http.BaseAddress = new Uri(_sidecar.HttpEndpoint);
    }

    private Task PublishAsync(string topic, int number) => PostAsync($"/v1.0/publish/pubsub/{topic}", JsonSerializer.Serialize(number));

    private async Task PostAsync(string path, string body, string contentType = "application/json")
    {
        using var answer = await SendAsync(path, body, contentType);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string body, string contentType = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.Add("Content-Type", contentType);
        return await _http.PostAsync(new Uri(path, UriKind.Relative), content, Cancellation);
    }
}
