using System.Collections.Concurrent;
using System.Text.Json;
using Argosy.Testing;
using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>An app as the official SDK makes them: subscriptions from <c>WithTopic</c>, envelopes unwrapped by <c>UseCloudEvents</c>.</summary>
public sealed class DaprAspNetCoreTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<(string Route, OrderPlaced Event)> _handled = new();
    private readonly int _port = FreePort.Next();
    private WebApplication _app = null!;
    private SidecarProcess _sidecar = null!;
    private DaprClient _dapr = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        PubSubResources.Write(_folder, PubSubResources.Sqlite(("redeliverInterval", "10ms"), ("maxDeliveries", "2")));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{_port}");
        _app = builder.Build();
        _app.UseCloudEvents();
        _app.MapSubscribeHandler();
        _app.MapPost("/orders", (OrderPlaced placed) => Handle("orders", placed))
            .WithTopic(new() { PubsubName = "pubsub", Name = "orders", DeadLetterTopic = "orders-dead" });
        _app.MapPost("/express", (OrderPlaced placed) => Handle("express", placed))
            .WithTopic(new() { PubsubName = "pubsub", Name = "orders", Match = "event.type == \"express\"", Priority = 1 });
        _app.MapPost("/dead", (OrderPlaced placed) => Handle("dead", placed)).WithTopic("pubsub", "orders-dead");
        await _app.StartAsync();
        _sidecar = new SidecarProcess(_folder.Path, "shop", _port);
        await _sidecar.StartAsync();
        _dapr = new DaprClientBuilder().UseGrpcEndpoint(_sidecar.GrpcEndpoint).UseHttpEndpoint(_sidecar.HttpEndpoint).Build();
    }

    public async ValueTask DisposeAsync()
    {
        _dapr.Dispose();
        await _sidecar.DisposeAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Publish_WithSdk_ReachesTheTypedHandler()
    {
        var placed = new OrderPlaced("42", 12.50m);
        await _dapr.PublishEventAsync("pubsub", "orders", placed, Cancellation);

        await HandledAsync(1);
        Assert.Equal([("orders", placed)], _handled);
    }

    [Fact]
    public async Task Publish_TypeHasItsOwnRoute_GoesThere()
    {
        var placed = new OrderPlaced("43", 1m);
        await _dapr.PublishEventAsync("pubsub", "orders", placed, new Dictionary<string, string> { ["cloudevent.type"] = "express" }, Cancellation);

        await HandledAsync(1);
        Assert.Equal([("express", placed)], _handled);
    }

    [Fact]
    public async Task Publish_HandlerFails_ReachesTheDeadLetterHandler()
    {
        var placed = new OrderPlaced("refused", 1m);
        await _dapr.PublishEventAsync("pubsub", "orders", placed, Cancellation);

        await HandledAsync(3);
        Assert.Equal([("orders", placed), ("orders", placed), ("dead", placed)], _handled);
    }

    [Fact]
    public async Task Metadata_AppIsUp_ListsItsSubscriptions()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_sidecar.HttpEndpoint) };
        List<JsonElement> subscriptions = [];
        await Eventually.HoldsAsync("the app has been asked", async () =>
        {
            using var metadata = JsonDocument.Parse(await http.GetStringAsync(new Uri("/v1.0/metadata", UriKind.Relative), Cancellation));
            subscriptions = metadata.RootElement.TryGetProperty("subscriptions", out var listed) ? [.. listed.Clone().EnumerateArray()] : [];
            return subscriptions.Count > 0;
        });

        Assert.Equal(["orders", "orders-dead"], subscriptions.Select(subscription => subscription.GetProperty("topic").GetString()).Order());
        Assert.All(subscriptions, subscription => Assert.Equal("PROGRAMMATIC", subscription.GetProperty("type").GetString()));
    }

    private IResult Handle(string route, OrderPlaced placed)
    {
        _handled.Enqueue((route, placed));
        return route == "orders" && placed.OrderId == "refused" ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Ok();
    }

    private Task HandledAsync(int count) => Eventually.HoldsAsync($"{count} events are handled", () => _handled.Count >= count);

    private sealed record OrderPlaced(string OrderId, decimal Total);
}
