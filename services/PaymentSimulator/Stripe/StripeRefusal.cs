using Argosy.PaymentSimulator.Stripe.Objects;

namespace Argosy.PaymentSimulator.Stripe;

/// <summary>Ends a call before it has done anything: wrong parameters, no such object, no key. Such an answer is not kept for repetitions,
/// as Stripe does not keep it.</summary>
internal sealed class StripeRefusal(int status, StripeError error) : Exception(error.Message)
{
    public StripeAnswer Answer { get; } = StripeAnswer.Of(status, error);
}
