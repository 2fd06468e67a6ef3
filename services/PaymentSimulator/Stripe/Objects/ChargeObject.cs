using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Stripe.Objects;

/// <summary>Stripe's Charge.</summary>
internal sealed record ChargeObject
{
    public required string Id { get; init; }

    public string Object { get; } = "charge";

    public required long Amount { get; init; }

    public required long AmountCaptured { get; init; }

    public required long AmountRefunded { get; init; }

    public string? Application { get; }

    public string? ApplicationFee { get; }

    public long? ApplicationFeeAmount { get; }

    public string? BalanceTransaction { get; }

    public BillingDetailsObject BillingDetails { get; } = new();

    public string? CalculatedStatementDescriptor { get; }

    public required bool Captured { get; init; }

    public required long Created { get; init; }

    public required string Currency { get; init; }

    public string? Customer { get; }

    public required string? Description { get; init; }

    public bool Disputed { get; }

    public string? FailureBalanceTransaction { get; }

    public required string? FailureCode { get; init; }

    public required string? FailureMessage { get; init; }

    public IReadOnlyDictionary<string, string> FraudDetails { get; } = new Dictionary<string, string>();

    public bool Livemode { get; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    public string? OnBehalfOf { get; }

    public required ChargeOutcomeObject Outcome { get; init; }

    public required bool Paid { get; init; }

    public required string PaymentIntent { get; init; }

    public required string PaymentMethod { get; init; }

    public required ChargeMethodObject PaymentMethodDetails { get; init; }

    public string? ReceiptEmail { get; }

    public string? ReceiptNumber { get; }

    public string? ReceiptUrl { get; }

    public required bool Refunded { get; init; }

    public string? Review { get; }

    public object? Shipping { get; }

    public object? Source { get; }

    public string? SourceTransfer { get; }

    public string? StatementDescriptor { get; }

    public required string? StatementDescriptorSuffix { get; init; }

    public required string Status { get; init; }

    public object? TransferData { get; }

    public string? TransferGroup { get; }

    public static ChargeObject Of(Charge charge) => new()
    {
        Id = charge.Id,
        Amount = charge.Amount,
        AmountCaptured = charge.AmountCaptured,
        AmountRefunded = charge.AmountRefunded,
        Captured = charge.Captured,
        Created = charge.CreatedAt.ToUnixTimeSeconds(),
        Currency = charge.Currency,
        Description = charge.Description,
        FailureCode = charge.FailureCode,
        FailureMessage = charge.FailureMessage,
        Metadata = charge.Metadata,
        Outcome = ChargeOutcomeObject.Of(charge),
        Paid = charge.Succeeded,
        PaymentIntent = charge.PaymentIntentId,
        PaymentMethod = charge.PaymentMethodId,
        PaymentMethodDetails = ChargeMethodObject.Of(charge),
        Refunded = charge.AmountRefunded > 0 && (charge.Captured ? charge.Refundable : charge.Amount - charge.AmountRefunded) == 0,
        StatementDescriptorSuffix = charge.StatementDescriptorSuffix,
        Status = charge.Succeeded ? "succeeded" : "failed",
    };
}
