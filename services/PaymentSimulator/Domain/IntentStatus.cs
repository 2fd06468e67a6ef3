namespace Argosy.PaymentSimulator.Domain;

/// <summary>Stripe's statuses of a PaymentIntent; cards have no <c>processing</c>.</summary>
internal enum IntentStatus
{
    RequiresPaymentMethod,
    RequiresConfirmation,
    RequiresAction,
    RequiresCapture,
    Succeeded,
    Canceled,
}
