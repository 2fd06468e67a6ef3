using Argosy.Contracts.Payment;
using Argosy.Payment.Domain;
using Argosy.Payment.Features.Undo;
using Argosy.Payment.Infrastructure.Gateway;
using Argosy.Payment.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Payment.Features.Payments;

/// <summary>Takes the money that is held for an order.</summary>
internal sealed class Capture(PaymentContext context, PaymentBook book, PaymentGateway gateway, GatewayUndo undo, Inquiry inquiry)
{
    private static readonly DomainError NotCapturable = DomainError.Conflict("payment-not-capturable", "The payment can no longer be captured.");

    public async Task<Result<PaymentResult>> RunAsync(Guid orderId, CancellationToken cancellationToken)
    {
        if (await context.FindPaymentAsync(orderId, cancellationToken) is not { } payment)
            return Inquiry.NotFound;
        // It may be held without our having heard of it.
        payment = await inquiry.RefreshAsync(payment);
        if (payment.State == PaymentState.Authorized)
            payment = await CaptureAsync(payment);
        return payment.State == PaymentState.Captured ? payment.ToResult() : NotCapturable;
    }

    private async Task<OrderPayment> CaptureAsync(OrderPayment payment)
    {
        var seen = await gateway.CaptureAsync(payment, payment.IntentId!);
        payment = await book.LearnAsync(payment, seen, CancellationToken.None);
        if (payment.State == PaymentState.Authorized && seen.Status == GatewayStatus.Open)
            throw new GatewayException(GatewayFault.Unavailable, "the capture is still being processed");
        // Given up while the gateway was asked.
        return payment.UndoDueAt is null ? payment : await undo.RunAsync(payment);
    }
}
