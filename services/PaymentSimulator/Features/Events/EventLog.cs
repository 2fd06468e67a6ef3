using System.Text.Json;
using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Infrastructure.Persistence;
using Argosy.PaymentSimulator.Stripe;
using Argosy.PaymentSimulator.Stripe.Objects;

namespace Argosy.PaymentSimulator.Features.Events;

/// <summary>Notes what happened, to be committed with the change itself and told to the shop after that.</summary>
internal static class EventLog
{
    /// <summary>Notes what an intent has come to.</summary>
    public static void Announce(this SimulatorContext context, PaymentIntent intent, EventOrigin origin, string type) =>
        context.Announce(intent, origin, type, PaymentIntentObject.Of(intent));

    /// <summary>Notes what confirming an intent has come to.</summary>
    public static void AnnounceOutcome(this SimulatorContext context, PaymentIntent intent, EventOrigin origin) => context.Announce(intent, origin, intent.Status switch
    {
        IntentStatus.RequiresAction => "payment_intent.requires_action",
        IntentStatus.RequiresCapture => "payment_intent.amount_capturable_updated",
        IntentStatus.Succeeded => "payment_intent.succeeded",
        IntentStatus.RequiresPaymentMethod => "payment_intent.payment_failed",
        _ => throw new InvalidOperationException($"A confirmation does not end in {intent.Status}."),
    });

    /// <param name="subject">The object it happened to, as it is now.</param>
    public static void Announce(this SimulatorContext context, PaymentIntent intent, EventOrigin origin, string type, object subject)
    {
        var id = StripeIds.Event();
        var webhooks = intent.Webhooks ?? origin.Settings.Webhooks;
        var body = new EventObject(id, origin.At.ToUnixTimeSeconds(), new EventDataObject(subject), new EventRequestObject(origin.RequestId, origin.IdempotencyKey), type);
        context.Add(new SimulatorEvent
        {
            Id = id,
            PaymentIntentId = intent.Id,
            Type = type,
            Body = JsonSerializer.Serialize(body, StripeJson.Default.EventObject),
            CreatedAt = origin.At,
            DueAt = webhooks switch
            {
                WebhookBehaviour.Never => null,
                WebhookBehaviour.Late => origin.At.AddMilliseconds(origin.Settings.WebhookDelayMilliseconds),
                _ => origin.At,
            },
            Copies = webhooks == WebhookBehaviour.Twice ? 2 : 1,
        });
    }
}
