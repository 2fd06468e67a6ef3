namespace Argosy.PaymentSimulator.Domain;

/// <summary>One attempt to move money with a card, made or failed.</summary>
internal sealed class Charge : IStripeResource
{
    public required string Id { get; init; }

    public required string PaymentIntentId { get; init; }

    /// <summary>The shop's order, from the metadata; the audit looks for orders that were charged twice.</summary>
    public string? OrderId { get; init; }

    public required bool Succeeded { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public long AmountCaptured { get; private set; }

    public long AmountRefunded { get; private set; }

    public bool Captured { get; private set; }

    public string? FailureCode { get; init; }

    public string? DeclineCode { get; init; }

    public string? FailureMessage { get; init; }

    public required string PaymentMethodId { get; init; }

    public required string PaymentMethodName { get; init; }

    /// <summary>The customer approved it on the bank's page.</summary>
    public required bool Authenticated { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public string? StatementDescriptorSuffix { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long Refundable => AmountCaptured - AmountRefunded;

    public void Capture(long amount)
    {
        Captured = true;
        AmountCaptured = amount;
    }

    public void Refund(long amount) => AmountRefunded += amount;

    /// <summary>Gives up what was held; Stripe books that as refunded.</summary>
    public void Release() => AmountRefunded = Amount;
}
