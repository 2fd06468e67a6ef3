namespace Argosy.PaymentSimulator.Stripe;

internal static class StripeVersion
{
    /// <summary>The version of Stripe's API that is spoken; Stripe.net refuses events of another one than its own.</summary>
    public const string Current = "2026-10-28.endive";
}
