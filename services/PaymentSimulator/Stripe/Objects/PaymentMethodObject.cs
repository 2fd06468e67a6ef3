using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Stripe.Objects;

/// <summary>Stripe's PaymentMethod.</summary>
internal sealed record PaymentMethodObject(string Id, CardObject Card, long Created)
{
    public string Object { get; } = "payment_method";

    public string AllowRedisplay { get; } = "unspecified";

    public BillingDetailsObject BillingDetails { get; } = new();

    public string? Customer { get; }

    public bool Livemode { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public string Type { get; } = "card";

    /// <param name="name">The test payment method it was made of.</param>
    public static PaymentMethodObject Of(string id, string name, DateTimeOffset created) =>
        new(id, CardObject.Of(TestPaymentMethods.Find(name)!), created.ToUnixTimeSeconds());
}
