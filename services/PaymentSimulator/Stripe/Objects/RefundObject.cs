using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Stripe.Objects;

/// <summary>Stripe's Refund.</summary>
internal sealed record RefundObject(string Id, long Amount, string Charge, long Created, string Currency, IReadOnlyDictionary<string, string> Metadata, string PaymentIntent, string? Reason)
{
    public string Object { get; } = "refund";

    public string? BalanceTransaction { get; }

    public RefundDestinationObject DestinationDetails { get; } = new();

    public string? ReceiptNumber { get; }

    public string? SourceTransferReversal { get; }

    public string Status { get; } = "succeeded";

    public string? TransferReversal { get; }

    public static RefundObject Of(Refund refund) =>
        new(refund.Id, refund.Amount, refund.ChargeId, refund.CreatedAt.ToUnixTimeSeconds(), refund.Currency, refund.Metadata, refund.PaymentIntentId, refund.Reason);
}

internal sealed record RefundDestinationObject
{
    public RefundCardObject Card { get; } = new();

    public string Type { get; } = "card";
}

internal sealed record RefundCardObject
{
    public string ReferenceStatus { get; } = "pending";

    public string ReferenceType { get; } = "acquirer_reference_number";

    public string Type { get; } = "refund";
}
