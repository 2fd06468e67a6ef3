using Argosy.PaymentSimulator.Stripe;
using Argosy.PaymentSimulator.Stripe.Objects;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Features.Charges;

internal static class GetCharge
{
    public static async Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken) =>
        await request.Context.Charges.AsNoTracking().SingleOrDefaultAsync(charge => charge.Id == request.ObjectId, cancellationToken) is { } charge
            ? StripeAnswer.Ok(ChargeObject.Of(charge), StripeJson.Default.ChargeObject)
            : throw StripeErrors.NoSuch("charge", request.ObjectId);
}
