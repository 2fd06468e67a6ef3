using Argosy.PaymentSimulator.Stripe;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Features.Events;

internal static class GetEvent
{
    public static async Task<StripeAnswer> HandleAsync(StripeRequest request, CancellationToken cancellationToken) =>
        await request.Context.Events.Where(item => item.Id == request.ObjectId).Select(item => item.Body).SingleOrDefaultAsync(cancellationToken) is { } body
            ? new StripeAnswer(StatusCodes.Status200OK, body)
            : throw StripeErrors.NoSuch("event", request.ObjectId);
}
