using Argosy.Contracts.Payment;
using Argosy.Payment.Domain;
using Argosy.Payment.Features.Undo;
using Argosy.Payment.Infrastructure.Gateway;
using Argosy.Payment.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Payment.Features.Payments;

/// <summary>Gives a payment up, whatever there is of it. That it is given up is committed first, together with the duty to undo it at the
/// gateway; the gateway is told at once if it answers, and otherwise by <see cref="UndoSweep"/> until it has confirmed.</summary>
internal sealed class Cancellation(PaymentContext context, PaymentBook book, GatewayUndo undo, TimeProvider clock)
{
    public async Task<Result<PaymentResult>> RunAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var payment = await context.FindPaymentAsync(orderId, cancellationToken);
        if (payment is null)
        {
            var tombstone = OrderPayment.Tombstone(orderId, clock.GetUtcNow());
            if (await context.TryInsertAsync(tombstone, cancellationToken))
                return tombstone.ToResult();
            payment = await context.GetPaymentAsync(orderId, cancellationToken);
        }

        payment = await book.ChangeAsync(payment, (current, now) => current.GiveUp(now + undo.Claim, now), cancellationToken);
        if (payment.UndoDueAt is not null)
            payment = await undo.RunAsync(payment);
        // A tombstone keeps its promise by itself; a refund is done only once the gateway has taken it.
        return payment.State == PaymentState.Captured ? GatewayException.Unavailable : payment.ToResult();
    }
}
