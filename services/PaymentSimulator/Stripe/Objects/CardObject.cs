using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Stripe.Objects;

/// <summary>The card of a payment method.</summary>
internal sealed record CardObject(string Brand, string Country, string Funding, string Last4)
{
    public CardChecksObject Checks { get; } = new();

    public string DisplayBrand => Brand;

    public int ExpMonth { get; } = 12;

    public int ExpYear { get; } = 2034;

    public string? Fingerprint { get; }

    public object? GeneratedFrom { get; }

    public CardNetworksObject Networks => new([Brand]);

    public string RegulatedStatus { get; } = "unregulated";

    public object? Wallet { get; }

    public static CardObject Of(TestPaymentMethod method) => new(method.Brand, method.Country, method.Funding, method.LastFour);
}

internal sealed record CardChecksObject
{
    public string? AddressLine1Check { get; }

    public string? AddressPostalCodeCheck { get; }

    public string? CvcCheck { get; init; }
}

internal sealed record CardNetworksObject(IReadOnlyList<string> Available)
{
    public string? Preferred { get; }
}
