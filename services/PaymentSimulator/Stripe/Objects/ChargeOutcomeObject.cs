using Argosy.PaymentSimulator.Domain;

namespace Argosy.PaymentSimulator.Stripe.Objects;

/// <summary>What the bank said to a charge.</summary>
internal sealed record ChargeOutcomeObject(string NetworkStatus, string? Reason, string SellerMessage, string Type)
{
    public string? AdviceCode { get; }

    public string? NetworkAdviceCode { get; }

    public string? NetworkDeclineCode { get; }

    public string RiskLevel { get; } = "normal";

    public int RiskScore { get; } = 20;

    public static ChargeOutcomeObject Of(Charge charge) => charge.Succeeded
        ? new("approved_by_network", null, "Payment complete.", "authorized")
        : new("declined_by_network", charge.DeclineCode ?? charge.FailureCode, "The bank did not return any further details with this decline.", "issuer_declined");
}
