using Argosy.Contracts.Payment;
using Argosy.Payment.Domain;
using Argosy.Payment.Features.Undo;
using Argosy.Payment.Infrastructure.Gateway;
using Argosy.Payment.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Payment.Features.Payments;

/// <summary>Has the money for an order held. The row is committed before the gateway is called and the outcome after it, with no
/// transaction open in between; a crash anywhere leaves a pending row, and asking again asks the gateway with the same key.</summary>
internal sealed partial class Authorization(PaymentContext context, PaymentBook book, PaymentGateway gateway, GatewayUndo undo, TimeProvider clock, ILogger<Authorization> logger)
{
    private static readonly DomainError OtherTerms =
        DomainError.Conflict("payment-mismatch", "The order has a payment of another amount or with another payment method.");

    public async Task<Result<PaymentResult>> RunAsync(Guid orderId, PaymentTerms terms, CancellationToken cancellationToken)
    {
        var payment = OrderPayment.Begin(orderId, terms, clock.GetUtcNow());
        if (await context.TryInsertAsync(payment, cancellationToken))
        {
            context.Attach(payment);
        }
        else
        {
            payment = await context.GetPaymentAsync(orderId, cancellationToken);
            if (payment.Terms?.MeansTheSameAs(terms) is false)
                return OtherTerms;
            if (payment.State != PaymentState.Pending)
                return payment.ToResult();
        }

        var seen = await AskAsync(payment);
        if (seen is null)
            return (await RereadAsync(orderId, cancellationToken)).ToResult();
        payment = await book.LearnAsync(payment, seen, CancellationToken.None);
        // Given up while the gateway was asked: what it has just granted is let go.
        if (payment.UndoDueAt is not null)
            payment = await undo.RunAsync(payment);
        return payment.ToResult();
    }

    /// <summary>Null when the payment was given up meanwhile and its key is fenced off.</summary>
    private async Task<GatewayPayment?> AskAsync(OrderPayment payment)
    {
        try
        {
            // A known intent tells more than the repeated answer to its creation.
            return await (payment.IntentId is { } intentId ? gateway.GetAsync(intentId) : gateway.AuthorizeAsync(payment));
        }
        catch (GatewayException taken) when (taken.Fault == GatewayFault.KeyReused)
        {
            if ((await RereadAsync(payment.OrderId, CancellationToken.None)).State != PaymentState.Pending)
                return null;
            LogKeyReused(logger, payment.OrderId);
            throw;
        }
    }

    private Task<OrderPayment> RereadAsync(Guid orderId, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        return context.GetPaymentAsync(orderId, cancellationToken);
    }

    [LoggerMessage(EventId = 412, Level = LogLevel.Error, Message = "The idempotency key of order {OrderId} was used at the gateway for something else")]
    private static partial void LogKeyReused(ILogger logger, Guid orderId);
}
