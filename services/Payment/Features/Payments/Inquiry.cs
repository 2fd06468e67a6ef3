using Argosy.Contracts.Payment;
using Argosy.Payment.Domain;
using Argosy.Payment.Infrastructure.Gateway;
using Argosy.Payment.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Payment.Features.Payments;

/// <summary>Tells where a payment stands. An open one is looked up at the gateway, since its event may be late or lost. A pending payment
/// whose creation was never answered has no intent to ask for: it stays pending until it is asked for again (PUT) or given up.</summary>
internal sealed class Inquiry(PaymentContext context, PaymentBook book, PaymentGateway gateway)
{
    public static readonly DomainError NotFound = DomainError.NotFound("payment");

    public async Task<Result<PaymentResult>> RunAsync(Guid orderId, CancellationToken cancellationToken) =>
        await context.FindPaymentAsync(orderId, cancellationToken) is { } payment
            ? (await RefreshAsync(payment)).ToResult()
            : NotFound;

    /// <summary>The payment as the gateway knows it, when it is open; otherwise as it is.</summary>
    public async Task<OrderPayment> RefreshAsync(OrderPayment payment) =>
        payment is { State: PaymentState.Pending or PaymentState.RequiresAction, IntentId: { } intentId }
            ? await book.LearnAsync(payment, await gateway.GetAsync(intentId), CancellationToken.None)
            : payment;
}
