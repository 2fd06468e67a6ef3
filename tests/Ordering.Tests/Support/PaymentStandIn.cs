using System.Collections.Concurrent;
using Argosy.Contracts.Payment;
using Argosy.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Argosy.Ordering.Tests.Support;

/// <summary>Stands in for Payment behind its sidecar: keeps one payment per order and decides by the token, as Payment's gateway does. The real
/// Payment plays in the end-to-end tests; here a test must be able to hold an answer back or to change its mind.</summary>
internal sealed class PaymentStandIn : IAsyncDisposable
{
    public const string ActionUrl = "https://bank.example/challenge";

    private readonly ConcurrentDictionary<Guid, PaymentResult> _payments = new();
    private WebApplication? _app;

    /// <summary>What Payment was asked for, in order: <c>authorize</c>, <c>capture</c>, <c>void</c>.</summary>
    public ConcurrentQueue<(Guid OrderId, string Step)> Calls { get; } = new();

    public ConcurrentDictionary<Guid, AuthorizePayment> Requests { get; } = new();

    /// <summary>How many more calls are answered with a fault.</summary>
    public int Faults;

    public PaymentState StateOf(string orderId) => _payments[Guid.Parse(orderId)].State;

    /// <summary>The bank decides.</summary>
    public void Decide(string orderId, PaymentState state) => _payments[Guid.Parse(orderId)] = new PaymentResult(state);

    public IReadOnlyList<string> StepsOf(string orderId) => [.. Calls.Where(call => call.OrderId == Guid.Parse(orderId)).Select(call => call.Step)];

    public async Task StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            foreach (var converter in ArgosyJson.Options.Converters)
                json.SerializerOptions.Converters.Add(converter);
        });
        _app = builder.Build();
        _app.MapPut("/internal/payments/{id:guid}", (Guid id, AuthorizePayment request) => Answer(id, "authorize", () =>
        {
            Requests[id] = request;
            return _payments.GetOrAdd(id, _ => Decision(request.PaymentMethod));
        }));
        _app.MapGet("/internal/payments/{id:guid}", (Guid id) => _payments.TryGetValue(id, out var payment) ? Results.Ok(payment) : Results.NotFound());
        _app.MapPost("/internal/payments/{id:guid}/capture", (Guid id) => _payments[id].State is PaymentState.Authorized or PaymentState.Captured
            ? Answer(id, "capture", () => _payments[id] = new PaymentResult(PaymentState.Captured))
            : Results.Conflict());
        _app.MapPost("/internal/payments/{id:guid}/void", (Guid id) => Answer(id, "void", () =>
            _payments[id] = new PaymentResult(_payments.GetValueOrDefault(id)?.State == PaymentState.Captured ? PaymentState.Refunded : PaymentState.Voided)));
        _app.MapGet("/dapr/subscribe", () => Results.Ok(Array.Empty<object>()));
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private IResult Answer(Guid orderId, string step, Func<PaymentResult> act)
    {
        if (Interlocked.Decrement(ref Faults) >= 0)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        Calls.Enqueue((orderId, step));
        return Results.Ok(act());
    }

    private static PaymentResult Decision(string token) => token switch
    {
        "pm_card_chargeDeclined" => new PaymentResult(PaymentState.Declined, DeclineCode: "card_declined"),
        "pm_card_threeDSecure2Required" => new PaymentResult(PaymentState.RequiresAction, ActionUrl),
        _ => new PaymentResult(PaymentState.Authorized),
    };
}
