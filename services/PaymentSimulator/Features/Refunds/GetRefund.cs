using Argosy.PaymentSimulator.Stripe;
using Argosy.PaymentSimulator.Stripe.Objects;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Features.Refunds;

internal static class GetRefund
{
    public static async Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken) =>
        await request.Context.Refunds.AsNoTracking().SingleOrDefaultAsync(refund => refund.Id == request.ObjectId, cancellationToken) is { } refund
            ? StripeAnswer.Ok(RefundObject.Of(refund), StripeJson.Default.RefundObject)
            : throw StripeErrors.NoSuch("refund", request.ObjectId);
}
