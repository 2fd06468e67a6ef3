using Argosy.PaymentSimulator.Stripe;
using Argosy.PaymentSimulator.Stripe.Objects;

namespace Argosy.PaymentSimulator.Features.PaymentIntents;

internal static class GetPaymentIntent
{
    public static async Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken) =>
        StripeAnswer.Of(PaymentIntentObject.Of(await request.LoadIntentAsync(cancellationToken), request.ExpandsCharge));
}
