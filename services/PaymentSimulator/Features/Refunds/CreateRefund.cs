using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Features.Events;
using Argosy.PaymentSimulator.Stripe;
using Argosy.PaymentSimulator.Stripe.Objects;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Features.Refunds;

internal static class CreateRefund
{
    public static async Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken)
    {
        var parameters = request.Parameters;
        var reason = parameters.OneOf("reason", "duplicate", "fraudulent", "requested_by_customer");
        var metadata = parameters.Metadata();
        var wanted = parameters.Amount("amount");
        var intent = await LoadAsync(request, cancellationToken);
        if (intent is not { Status: IntentStatus.Succeeded, LatestCharge: { } charge })
            throw StripeErrors.Invalid("payment_intent", $"This PaymentIntent ({intent.Id}) does not have a successful charge to refund.");
        if (charge.Refundable == 0)
            throw StripeErrors.Invalid("payment_intent", $"Charge {charge.Id} has already been refunded.", "charge_already_refunded");
        if (wanted > charge.Refundable)
            throw StripeErrors.Invalid("amount", $"Refund amount ({Text(wanted.Value, charge)}) is greater than unrefunded amount on charge ({Text(charge.Refundable, charge)})", "amount_too_large");

        var refund = intent.Refund(wanted ?? charge.Refundable, reason, metadata, request.Origin.At);
        request.Context.Add(refund);
        var answer = RefundObject.Of(refund);
        request.Context.Announce(intent, request.Origin, "refund.created", answer);
        request.Context.Announce(intent, request.Origin, "charge.refunded", ChargeObject.Of(charge));
        return StripeAnswer.Ok(answer, StripeJson.Default.RefundObject);
    }

    private static async Task<PaymentIntent> LoadAsync(StripeRequest request, CancellationToken cancellationToken)
    {
        var intents = request.Context.PaymentIntents.Include(intent => intent.LatestCharge);
        if (request.Parameters.Text("payment_intent") is { } id)
        {
            return await intents.SingleOrDefaultAsync(intent => intent.Id == id, cancellationToken)
                ?? throw StripeErrors.NoSuch("payment_intent", id, "payment_intent");
        }
        if (request.Parameters.Text("charge") is { } charge)
        {
            return await intents.SingleOrDefaultAsync(intent => intent.LatestChargeId == charge, cancellationToken)
                ?? throw StripeErrors.NoSuch("charge", charge, "charge");
        }
        throw StripeErrors.Invalid("payment_intent", "One of the following params should be provided for this request: payment_intent or charge.", "parameter_missing");
    }

    private static string Text(long amount, Charge charge) => $"{amount} {charge.Currency}";
}
