using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Features.Events;
using Argosy.PaymentSimulator.Stripe;
using Argosy.PaymentSimulator.Stripe.Objects;

namespace Argosy.PaymentSimulator.Features.PaymentIntents;

internal static class CapturePaymentIntent
{
    public static async Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken)
    {
        var wanted = request.Parameters.Amount("amount_to_capture");
        var intent = await request.LoadIntentAsync(cancellationToken);
        if (!IntentMoves.Capture.IsAllowed(intent))
            return StripeErrors.UnexpectedState(intent, IntentMoves.Capture, "This PaymentIntent could not be captured", "captured");
        if (wanted > intent.AmountCapturable)
            throw StripeErrors.Invalid("amount_to_capture", "The payment could not be captured because the requested capture amount is greater than the amount you can capture for this charge.", "amount_too_large");
        intent.Capture(wanted ?? intent.AmountCapturable);
        request.Context.Announce(intent, request.Origin, "payment_intent.succeeded");
        return StripeAnswer.Of(PaymentIntentObject.Of(intent, request.ExpandsCharge));
    }
}
