using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Stripe.Objects;

/// <summary>The payment method as it was at the time of a charge.</summary>
internal sealed record ChargeMethodObject(ChargeCardObject Card)
{
    public string Type { get; } = "card";

    public static ChargeMethodObject Of(Charge charge)
    {
        var method = TestPaymentMethods.Find(charge.PaymentMethodName)!;
        return new(new ChargeCardObject(
            charge.Succeeded ? charge.Amount : null,
            method.Brand,
            new CardChecksObject { CvcCheck = "pass" },
            method.Country,
            method.Funding,
            method.LastFour,
            charge.Authenticated ? new ThreeDSecureObject() : null));
    }
}

internal sealed record ChargeCardObject(long? AmountAuthorized, string Brand, CardChecksObject Checks, string Country, string Funding, string Last4, ThreeDSecureObject? ThreeDSecure)
{
    public int ExpMonth { get; } = 12;

    public int ExpYear { get; } = 2034;

    public string? Fingerprint { get; }

    public object? Installments { get; }

    public string? Mandate { get; }

    public string Network => Brand;

    public string? NetworkTransactionId { get; }

    public object? Wallet { get; }
}

internal sealed record ThreeDSecureObject
{
    public string AuthenticationFlow { get; } = "challenge";

    public string ElectronicCommerceIndicator { get; } = "05";

    public string? ExemptionIndicator { get; }

    public string Result { get; } = "authenticated";

    public string? ResultReason { get; }

    public string? TransactionId { get; }

    public string Version { get; } = "2.2.0";
}
