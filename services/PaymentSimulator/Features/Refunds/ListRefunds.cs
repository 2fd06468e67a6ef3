using System.Text.Json;
using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Stripe;
using Argosy.PaymentSimulator.Stripe.Objects;

namespace Argosy.PaymentSimulator.Features.Refunds;

internal static class ListRefunds
{
    public static Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken)
    {
        IQueryable<Refund> refunds = request.Context.Refunds;
        if (request.Parameters.Text("payment_intent") is { } intent)
            refunds = refunds.Where(refund => refund.PaymentIntentId == intent);
        if (request.Parameters.Text("charge") is { } charge)
            refunds = refunds.Where(refund => refund.ChargeId == charge);
        return StripeList.OfAsync(request, refunds, "refund", "/v1/refunds", Json, cancellationToken);
    }

    private static string Json(Refund refund) => JsonSerializer.Serialize(RefundObject.Of(refund), StripeJson.Default.RefundObject);
}
