using Argosy.Contracts.Payment;
using Argosy.Payment.Domain;
using Argosy.Payment.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Payment.Features.Payments;

/// <summary>Changes payments. The row, the ledger entries and the events of a change are one commit; whoever comes second decides again on
/// what the row has become, so each step is posted once, however many learn of it.</summary>
internal sealed partial class PaymentBook(PaymentContext context, PaymentMetrics metrics, TimeProvider clock, ILogger<PaymentBook> logger)
{
    private const int Attempts = 10;

    /// <summary>Takes over what the gateway says; returns the payment as it is then.</summary>
    public Task<OrderPayment> LearnAsync(OrderPayment payment, GatewayPayment seen, CancellationToken cancellationToken) =>
        ChangeAsync(payment, (current, now) =>
        {
            if (current.Judge(seen) is var verdict and (Verdict.Contradicts or Verdict.Foreign))
                LogDisagreement(logger, current.OrderId, current.State, seen.IntentId, seen.Status, verdict);
            return current.Learn(seen, now);
        }, cancellationToken);

    /// <summary>Makes a change that takes no step.</summary>
    public Task<OrderPayment> ChangeAsync(OrderPayment payment, Action<OrderPayment, DateTimeOffset> change, CancellationToken cancellationToken) =>
        ChangeAsync(payment, (current, now) =>
        {
            change(current, now);
            return [];
        }, cancellationToken);

    /// <param name="payment">Tracked by the context; not to be used after the call.</param>
    /// <param name="change">May run again, on a fresh payment.</param>
    public async Task<OrderPayment> ChangeAsync(OrderPayment payment, Func<OrderPayment, DateTimeOffset, IReadOnlyList<PaymentStep>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var now = clock.GetUtcNow();
            var version = payment.Version;
            var steps = change(payment, now);
            if (payment.Version == version)
                return payment;
            try
            {
                await CommitAsync(payment, steps, now, cancellationToken);
                return payment;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                context.ChangeTracker.Clear();
                payment = await context.GetPaymentAsync(payment.OrderId, cancellationToken);
            }
        }
    }

    private async Task CommitAsync(OrderPayment payment, IReadOnlyList<PaymentStep> steps, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (steps.Count == 0)
        {
            await context.SaveChangesAsync(cancellationToken);
            return;
        }
        await context.InTransactionAsync(async token =>
        {
            // The row first: it tells whether somebody else has taken the steps, before the ledger's key would.
            await context.SaveChangesAsync(token);
            foreach (var step in steps)
            {
                context.AddRange(LedgerEntry.Of(step, payment, now));
                Publish(step, payment, now);
            }
            return true;
        }, cancellationToken);
        foreach (var step in steps)
        {
            metrics.Took(step);
            LogStep(logger, payment.OrderId, step.Trigger, step.To, payment.IntentId);
        }
    }

    private void Publish(PaymentStep step, OrderPayment payment, DateTimeOffset now)
    {
        var orderId = payment.OrderId.ToString();
        switch (step)
        {
            case { Trigger: PaymentTrigger.Authorize }:
                context.Publish(new PaymentAuthorized(orderId, payment.IntentId!, payment.Money, now));
                break;
            case { Trigger: PaymentTrigger.Capture }:
                context.Publish(new PaymentCaptured(orderId, payment.IntentId!, payment.Money, now));
                break;
            case { Trigger: PaymentTrigger.Refund }:
                context.Publish(new PaymentRefunded(orderId, payment.IntentId!, payment.Money, now));
                break;
            case { Trigger: PaymentTrigger.Decline or PaymentTrigger.Void, FailureCode: { } code }:
                context.Publish(new PaymentFailed(orderId, payment.IntentId, code, now));
                break;
        }
    }

    [LoggerMessage(EventId = 410, Level = LogLevel.Information, Message = "Payment of order {OrderId}: {Trigger}, now {State} (intent {IntentId})")]
    private static partial void LogStep(ILogger logger, Guid orderId, PaymentTrigger trigger, PaymentState state, string? intentId);

    [LoggerMessage(EventId = 411, Level = LogLevel.Warning, Message = "Payment of order {OrderId} is {State}, but the gateway says of intent {IntentId} that it is {Status}: {Verdict}; nothing is changed")]
    private static partial void LogDisagreement(ILogger logger, Guid orderId, PaymentState state, string? intentId, GatewayStatus status, Verdict verdict);
}
