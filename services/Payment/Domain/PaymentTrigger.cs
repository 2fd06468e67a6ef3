namespace Argosy.Payment.Domain;

/// <summary>What can happen to a payment.</summary>
internal enum PaymentTrigger
{
    RequireAction,
    Authorize,
    Capture,
    Decline,
    Void,
    Refund,
}
