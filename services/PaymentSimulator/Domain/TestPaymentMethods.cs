using System.Collections.Frozen;

namespace Argosy.PaymentSimulator.Domain;

/// <summary>The payment methods there are: Stripe's published test cards, and ours for faults.</summary>
internal static class TestPaymentMethods
{
    // Stripe publishes some declining cards with the brand in their name and some without; either is taken.
    private static readonly string[] Prefixes = ["pm_card_", "pm_card_visa_"];

    private static readonly FrozenDictionary<string, TestPaymentMethod> All = Cards().ToFrozenDictionary(method => method.Name, StringComparer.Ordinal);

    public static TestPaymentMethod? Find(string name) => All.GetValueOrDefault(name);

    private static IEnumerable<TestPaymentMethod> Cards() => [.. Accepted(), .. Declining(), .. Asking(), .. Faulty()];

    private static IEnumerable<TestPaymentMethod> Accepted() =>
    [
        Visa("pm_card_visa", "4242"),
        Visa("pm_card_visa_debit", "5556") with { Funding = "debit" },
        new("pm_card_mastercard", "mastercard", "4444"),
        new("pm_card_mastercard_debit", "mastercard", "8210", "debit"),
        new("pm_card_mastercard_prepaid", "mastercard", "5100", "prepaid"),
        new("pm_card_amex", "amex", "8431"),
        new("pm_card_discover", "discover", "1117"),
        new("pm_card_diners", "diners", "0004"),
        new("pm_card_jcb", "jcb", "0505"),
        new("pm_card_unionpay", "unionpay", "0005"),
        Visa("pm_card_threeDSecureOptional", "3055"),
    ];

    private static IEnumerable<TestPaymentMethod> Declining() => new (string Name, string LastFour, Decline Decline)[]
    {
        ("chargeDeclined", "0002", Decline.Generic),
        ("chargeDeclinedInsufficientFunds", "9995", Decline.InsufficientFunds),
        ("chargeDeclinedLostCard", "9987", Decline.Declined("lost_card")),
        ("chargeDeclinedStolenCard", "9979", Decline.Declined("stolen_card")),
        ("chargeDeclinedFraudulent", "0019", Decline.Declined("fraudulent")),
        ("chargeDeclinedVelocityLimitExceeded", "6975", Decline.Declined("card_velocity_exceeded")),
        ("chargeDeclinedExpiredCard", "0069", new("expired_card", null, "Your card has expired.", "exp_month")),
        ("chargeDeclinedIncorrectCvc", "0127", new("incorrect_cvc", null, "Your card's security code is incorrect.", "cvc")),
        ("chargeDeclinedProcessingError", "0119", new("processing_error", null, "An error occurred while processing your card. Try again in a little bit.")),
    }.SelectMany(card => Prefixes, (card, prefix) => Visa(prefix + card.Name, card.LastFour) with { Decline = card.Decline });

    private static IEnumerable<TestPaymentMethod> Asking() =>
    [
        Visa("pm_card_threeDSecure2Required", "3220") with { RequiresAction = true },
        Visa("pm_card_threeDSecureRequired", "3063") with { RequiresAction = true },
        Visa("pm_card_authenticationRequired", "3184") with { RequiresAction = true },
        Visa("pm_card_threeDSecureRequiredChargeDeclined", "1629") with { RequiresAction = true, Decline = Decline.Generic },
        Visa("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", "3178") with { RequiresAction = true, Decline = Decline.InsufficientFunds },
    ];

    private static IEnumerable<TestPaymentMethod> Faulty() =>
    [
        Visa("pm_sim_slow", "4242") with { Answer = AnswerBehaviour.Slow },
        Visa("pm_sim_timeoutAfterCharge", "4242") with { Answer = AnswerBehaviour.TimeOutAfterCharge },
        Visa("pm_sim_webhookTwice", "4242") with { Webhooks = WebhookBehaviour.Twice },
        Visa("pm_sim_webhookLate", "4242") with { Webhooks = WebhookBehaviour.Late },
        Visa("pm_sim_webhookNever", "4242") with { Webhooks = WebhookBehaviour.Never },
        Visa("pm_sim_threeDSecureWebhookNever", "3220") with { RequiresAction = true, Webhooks = WebhookBehaviour.Never },
    ];

    private static TestPaymentMethod Visa(string name, string lastFour) => new(name, "visa", lastFour);
}
