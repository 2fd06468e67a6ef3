using Argosy.Contracts.Payment;
using Argosy.Ordering.Domain;

namespace Argosy.Ordering.Workflows;

/// <summary>What a payment's state means for its order.</summary>
internal static class PaymentSteps
{
    public static PaymentStep Of(PaymentResult payment) => payment.State switch
    {
        PaymentState.Pending or PaymentState.RequiresAction => new PaymentStep(IsOpen: true, Refusal: null),
        PaymentState.Authorized or PaymentState.Captured => new PaymentStep(IsOpen: false, Refusal: null),
        PaymentState.Declined => new PaymentStep(IsOpen: false, CancelReason.PaymentDeclined),
        _ => new PaymentStep(IsOpen: false, CancelReason.PaymentFailed),
    };
}
