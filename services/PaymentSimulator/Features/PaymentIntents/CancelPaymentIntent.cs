using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Features.Events;
using Argosy.PaymentSimulator.Stripe;
using Argosy.PaymentSimulator.Stripe.Objects;

namespace Argosy.PaymentSimulator.Features.PaymentIntents;

internal static class CancelPaymentIntent
{
    public static async Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken)
    {
        var reason = request.Parameters.OneOf("cancellation_reason", "duplicate", "fraudulent", "requested_by_customer", "abandoned");
        var intent = await request.LoadIntentAsync(cancellationToken);
        if (!IntentMoves.Cancel.IsAllowed(intent))
            return StripeErrors.UnexpectedState(intent, IntentMoves.Cancel, "You cannot cancel this PaymentIntent", "canceled");
        intent.Cancel(reason, request.Origin.At);
        request.Context.Announce(intent, request.Origin, "payment_intent.canceled");
        return StripeAnswer.Of(PaymentIntentObject.Of(intent, request.ExpandsCharge));
    }
}
