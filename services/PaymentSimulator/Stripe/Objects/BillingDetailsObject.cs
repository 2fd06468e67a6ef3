namespace Argosy.PaymentSimulator.Stripe.Objects;

/// <summary>Always empty: test cards belong to nobody.</summary>
internal sealed record BillingDetailsObject
{
    public AddressObject Address { get; } = new();

    public string? Email { get; }

    public string? Name { get; }

    public string? Phone { get; }

    public string? TaxId { get; }
}

internal sealed record AddressObject
{
    public string? City { get; }

    public string? Country { get; }

    public string? Line1 { get; }

    public string? Line2 { get; }

    public string? PostalCode { get; }

    public string? State { get; }
}
