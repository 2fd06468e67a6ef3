using Argosy.Payment.Domain;
using Argosy.Payment.Infrastructure.Persistence;
using Stripe;

namespace Argosy.Payment.Infrastructure.Gateway;

/// <summary>Stripe's words in ours.</summary>
internal static class StripeTranslation
{
    /// <summary>Metadata of intents and refunds: whose they are.</summary>
    public const string OrderIdKey = "order_id";

    public static GatewayPayment ToPayment(PaymentIntent intent) => intent.Status switch
    {
        "requires_action" => new(intent.Id, GatewayStatus.RequiresAction, ActionUrl: intent.NextAction?.RedirectToUrl?.Url),
        "requires_capture" => new(intent.Id, GatewayStatus.Held),
        "succeeded" => new(intent.Id, GatewayStatus.Captured),
        "canceled" => new(intent.Id, GatewayStatus.Canceled, FailureCode: intent.CancellationReason is "automatic" or "expired" ? "authorization_expired" : "canceled"),
        // Also the state of an intent that nobody has tried to pay yet.
        "requires_payment_method" when intent.LastPaymentError is { } error => new(intent.Id, GatewayStatus.Declined, FailureCode: FailureCode(error)),
        _ => new(intent.Id, GatewayStatus.Open),
    };

    /// <summary>Stripe's code, or the bank's own reason where Stripe's only says that the card was declined.</summary>
    public static string FailureCode(StripeError error)
    {
        var code = error switch
        {
            { Code: "card_declined", DeclineCode: { Length: > 0 } reason and not "generic_decline" } => reason,
            { Code.Length: > 0 } => error.Code,
            _ => error.Type ?? "declined",
        };
        return code.Length <= PaymentColumns.FailureCodeLength ? code : code[..PaymentColumns.FailureCodeLength];
    }
}
