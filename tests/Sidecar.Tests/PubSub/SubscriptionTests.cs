using Argosy.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>Which subscriptions of an app count: its own, those in files, and both together.</summary>
public sealed class SubscriptionTests : SubscriberTest
{
    [Fact]
    public async Task Subscribe_SdkSpellingAndRules_RouteEachEvent()
    {
        App.Subscriptions = [new { pubsubName = "pubsub", topic = "orders", routes = new { rules = (object[])[new { match = "event.type == \"big\"", path = "big" }], @default = "/other" } }];
        await StartAsync(PubSubResources.Sqlite());

        await PostAsync("/v1.0/publish/pubsub/orders?metadata.cloudevent.type=big", "1");
        await PostAsync("/v1.0/publish/pubsub/orders?metadata.cloudevent.type=small", "2");

        await Eventually.HoldsAsync("both arrive", () => App.Deliveries.Count == 2);
        Assert.Equal(["/big", "/other"], App.Deliveries.Select(delivery => delivery.Path).Order());
    }

    [Fact]
    public async Task Subscribe_Declarative_NeedsNoAnswerFromTheApp()
    {
        App.Subscriptions = null;
        Folder.Write("resources/subscriptions.yaml", """
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

        await Eventually.HoldsAsync("all arrive", () => App.Deliveries.Count == 3);
        Assert.Equal(["/first", "/payment", "/refund"], App.Deliveries.Select(delivery => delivery.Path).Order());
    }

    [Fact]
    public async Task Subscribe_BothWays_TheAppsOwnWordCounts()
    {
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/early" }, new { pubsubname = "pubsub", topic = "orders", route = "/programmatic" }];
        Folder.Write("resources/subscription.yaml", """
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

        await Eventually.HoldsAsync("it arrives", () => App.Deliveries.Count > 0);
        Assert.Equal("/programmatic", Assert.Single(App.Deliveries).Path);
    }

    [Fact]
    public async Task Subscribe_RuleNotUnderstood_StopsTheStartWithFileAndLine()
    {
        PubSubResources.Write(Folder, PubSubResources.Sqlite());
        Folder.Write("resources/subscription.yaml", """
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
        Sidecar.Launch();
        await Sidecar.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        Assert.Equal(1, Sidecar.ExitCode);
        Assert.Contains("subscription.yaml:1:", Sidecar.Output, StringComparison.Ordinal);
        Assert.Contains("event.data.total > 10", Sidecar.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_TopicNotAllowed_IsLeftOut()
    {
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }, new { pubsubname = "pubsub", topic = "payments", route = "/payments" }];
        await StartAsync(PubSubResources.Sqlite(("subscriptionScopes", "shop=payments")));

        await PublishAsync("orders", 1);
        await PublishAsync("payments", 2);

        await Eventually.HoldsAsync("the allowed one arrives", () => App.Deliveries.Count > 0);
        Assert.Equal("/payments", Assert.Single(App.Deliveries).Path);
        Assert.Contains("may not subscribe to orders", Sidecar.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_ComesBackWithOtherSubscriptions_IsAskedAgain()
    {
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/before" }];
        await StartAsync(PubSubResources.Sqlite());
        await PublishAsync("orders", 1);
        await Eventually.HoldsAsync("the first arrives", () => App.Deliveries.Count == 1);

        await App.StopAsync();
        await Eventually.HoldsAsync("the sidecar has noticed", () => Sidecar.Output.Contains("no longer answers", StringComparison.Ordinal));
        await PublishAsync("orders", 2);
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/after" }];
        await App.StartAsync();

        await Eventually.HoldsAsync("the second arrives", () => App.Deliveries.Count == 2);
        Assert.Equal("/after", App.Deliveries[1].Path);
    }

    [Fact]
    public async Task Subscribe_ComponentFails_IsTriedAgain()
    {
        App.Subscriptions = [new { pubsubname = "pubsub", topic = "orders", route = "/orders" }];
        await StartAsync(PubSubResources.Sqlite(), startApp: false);
        await PubSubFile.DropAsync(Database, "consumer");
        await App.StartAsync();
        await Eventually.HoldsAsync("the first try has failed", () => Sidecar.Output.Contains("could not be subscribed", StringComparison.Ordinal));

        await PubSubFile.CreateAsync(Database);
        await PublishAsync("orders", 1);

        await Eventually.HoldsAsync("the event arrives", () => App.Deliveries.Count == 1);
    }
}
