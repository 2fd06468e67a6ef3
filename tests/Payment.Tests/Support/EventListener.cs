using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Argosy.Contracts;
using Argosy.Contracts.Payment;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Argosy.Payment.Tests.Support;

/// <summary>An app that hears every payment event, as Ordering does.</summary>
internal sealed class EventListener : IAsyncDisposable
{
    private static readonly string[] Topics = [PaymentAuthorized.Topic, PaymentCaptured.Topic, PaymentFailed.Topic, PaymentRefunded.Topic];
    private readonly ConcurrentQueue<(string Topic, string Id, JsonNode Data)> _heard = [];
    private WebApplication? _app;

    public async Task StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.MapGet("/dapr/subscribe", () => Topics.Select(topic => new { pubsubname = ComponentNames.PubSub, topic, route = $"/events/{topic}" }));
        _app.MapPost("/events/{topic}", (string topic, JsonNode envelope) =>
        {
            _heard.Enqueue((topic, envelope["id"]!.GetValue<string>(), envelope["data"]!));
            return Results.Ok(new { status = "SUCCESS" });
        });
        await _app.StartAsync();
    }

    /// <summary>What was heard of an order, by topic, since topics may overtake each other; a redelivery of the same event counts once.</summary>
    public IReadOnlyList<JsonNode> Of(Guid orderId) =>
        [.. _heard.Where(heard => heard.Data["orderId"]!.GetValue<string>() == orderId.ToString()).DistinctBy(heard => heard.Id)
            .OrderBy(heard => heard.Topic, StringComparer.Ordinal)
            .Select(heard => new JsonObject { ["topic"] = heard.Topic, ["data"] = heard.Data.DeepClone() })];

    public string TopicsOf(Guid orderId) => string.Join(' ', Of(orderId).Select(heard => heard["topic"]!.GetValue<string>()));

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
