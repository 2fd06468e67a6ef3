using Argosy.Contracts.Payment;

namespace Argosy.Payment.Domain;

/// <summary>A step a payment has taken.</summary>
/// <param name="FailureCode">Why the gateway ended the payment; null when it did not, or when it was our own wish.</param>
internal sealed record PaymentStep(PaymentTrigger Trigger, PaymentState From, PaymentState To, string? FailureCode = null);
