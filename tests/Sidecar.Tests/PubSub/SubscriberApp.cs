using System.Collections.Concurrent;
using System.Text.Json;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Argosy.Sidecar.Tests.PubSub;

/// <summary>An app of the test's own behind a real port: answers <c>/dapr/subscribe</c> and keeps what is delivered to it.</summary>
internal sealed class SubscriberApp : IAsyncDisposable
{
    private readonly ConcurrentQueue<Delivery> _deliveries = new();
    private WebApplication? _server;

    public SubscriberApp(params IReadOnlyList<object> subscriptions) => Subscriptions = subscriptions;

    public int Port { get; } = FreePort.Next();

    /// <summary>The items of <c>/dapr/subscribe</c>; null answers 404.</summary>
    public IReadOnlyList<object>? Subscriptions { get; set; }

    /// <summary>Calls of <c>/dapr/subscribe</c>.</summary>
    public int TimesAsked { get; private set; }

    /// <summary>How the app answers a delivery; at first 200 without a body.</summary>
    public Func<Delivery, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<Delivery> Deliveries => [.. _deliveries];

    /// <summary>The numbers in <c>data</c> of everything delivered so far.</summary>
    public IReadOnlyList<int> Numbers => [.. _deliveries.Select(delivery => delivery.Event.GetProperty("data").GetInt32())];

    /// <summary>Makes room for the next test.</summary>
    public void Forget() => _deliveries.Clear();

    public async Task<SubscriberApp> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        _server = builder.Build();
        _server.MapGet("/dapr/subscribe", () =>
        {
            TimesAsked++;
            return Subscriptions is null ? Results.NotFound() : Results.Json(Subscriptions);
        });
        _server.MapPost("/{**path}", async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var delivery = new Delivery(context.Request.Path, body.RootElement.Clone(), context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
            _deliveries.Enqueue(delivery);
            await Answer(delivery, context);
        });
        await _server.StartAsync();
        return this;
    }

    /// <summary>Stops answering, as a process that has ended.</summary>
    public async Task StopAsync()
    {
        if (_server is null)
            return;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    internal sealed record Delivery(string Path, JsonElement Event, IReadOnlyDictionary<string, string> Headers);
}
