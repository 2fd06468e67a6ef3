namespace Argosy.PaymentSimulator.Domain;

/// <summary>Captured money that was given back.</summary>
internal sealed class Refund : IStripeResource
{
    public required string Id { get; init; }

    public required string PaymentIntentId { get; init; }

    public required string ChargeId { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public string? Reason { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
