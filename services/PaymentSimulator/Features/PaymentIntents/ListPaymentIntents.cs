using System.Text.Json;
using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Stripe;
using Argosy.PaymentSimulator.Stripe.Objects;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Features.PaymentIntents;

internal static class ListPaymentIntents
{
    public static Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken)
    {
        var expand = request.ExpandsCharge;
        return StripeList.OfAsync(request, request.Context.PaymentIntents.Include(intent => intent.LatestCharge), "payment_intent", "/v1/payment_intents", Json, cancellationToken);

        string Json(PaymentIntent intent) => JsonSerializer.Serialize(PaymentIntentObject.Of(intent, expand), StripeJson.Default.PaymentIntentObject);
    }
}
