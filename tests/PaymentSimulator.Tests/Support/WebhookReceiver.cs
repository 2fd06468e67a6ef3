using System.Collections.Concurrent;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Stripe;

namespace Argosy.PaymentSimulator.Tests.Support;

/// <summary>Stands where the gateway is: takes the webhooks and checks each signature with Stripe's own code.</summary>
internal sealed class WebhookReceiver(string secret) : IAsyncDisposable
{
    private readonly ConcurrentQueue<Event> _events = new();
    private WebApplication? _app;

    /// <summary>What is answered from now on.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    /// <summary>How many calls were refused.</summary>
    public int Refused => _refused;

    private int _refused;

    public async Task StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        _app = builder.Build();
        _app.MapGet("/dapr/subscribe", () => Results.Ok(Array.Empty<object>()));
        _app.MapPost("/api/payments/webhooks/stripe", (Delegate)ReceiveAsync);
        await _app.StartAsync();
    }

    /// <summary>What has arrived of a payment so far, in the order of arrival.</summary>
    public IReadOnlyList<Event> Of(string intentId) => [.. _events.Where(item => IntentOf(item) == intentId)];

    /// <summary>Waits until that many events of a payment have arrived.</summary>
    public async Task<IReadOnlyList<Event>> ArriveAsync(string intentId, int count = 1)
    {
        await Eventually.HoldsAsync($"{count} events of {intentId} have arrived", () => Of(intentId).Count >= count);
        return Of(intentId);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private async Task<IResult> ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var item = EventUtility.ConstructEvent(await reader.ReadToEndAsync(), context.Request.Headers["Stripe-Signature"], secret);
        if (Status == StatusCodes.Status200OK)
            _events.Enqueue(item);
        else
            Interlocked.Increment(ref _refused);
        return Results.StatusCode(Status);
    }

    private static string IntentOf(Event item) => item.Data.Object switch
    {
        PaymentIntent intent => intent.Id,
        Charge charge => charge.PaymentIntentId,
        Refund refund => refund.PaymentIntentId,
        var other => throw new InvalidOperationException($"An event about a {other.Object}."),
    };
}
