using Argosy.Contracts.Payment;
using Argosy.Payment.Domain;
using Argosy.Payment.Features.Payments;
using Argosy.Payment.Infrastructure.Gateway;
using Microsoft.Extensions.Options;

namespace Argosy.Payment.Features.Undo;

/// <summary>Makes the gateway let go of a payment that is given up: cancels its intent, refunds it when it was captured, and when no intent is
/// known, finds out whether there is one. Running twice, even at once, does no harm.</summary>
internal sealed partial class GatewayUndo(PaymentBook book, PaymentGateway gateway, IOptions<PaymentGatewayOptions> options, ILogger<GatewayUndo> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>For how long an attempt keeps others away.</summary>
    public TimeSpan Claim { get; } = TimeSpan.FromSeconds(options.Value.UndoClaimSeconds);

    /// <summary>Tries once; when the gateway does not confirm, the payment stays due for a later attempt.</summary>
    public async Task<OrderPayment> RunAsync(OrderPayment payment)
    {
        try
        {
            return payment.State == PaymentState.Captured
                ? await book.LearnAsync(payment, await gateway.RefundAsync(payment, payment.IntentId!), CancellationToken.None)
                : await SettleAsync(payment, await ReleaseAsync(payment));
        }
        catch (GatewayException failure) when (failure.Fault == GatewayFault.UnknownIntent)
        {
            LogUnknown(logger, payment.OrderId, payment.IntentId);
            return await SettleAsync(payment, payment.IntentId);
        }
        catch (GatewayException failure)
        {
            LogPostponed(logger, payment.OrderId, payment.UndoAttempts, failure.Message);
            return await book.ChangeAsync(payment, (current, now) => current.PostponeUndo(now + Pause(current.UndoAttempts), now), CancellationToken.None);
        }
    }

    /// <summary>Returns the intent under which nothing is held any more; null when there is none.</summary>
    private async Task<string?> ReleaseAsync(OrderPayment payment)
    {
        var intentId = payment.IntentId;
        if (intentId is null)
        {
            var found = await gateway.FenceAsync(payment);
            intentId = found.IntentId;
            if (intentId is null || found.Status == GatewayStatus.Canceled)
                return intentId;
        }
        var left = await gateway.CancelAsync(intentId);
        if (left.Status == GatewayStatus.Captured)
            left = await gateway.RefundAsync(payment, intentId);
        return left.Status is GatewayStatus.Canceled or GatewayStatus.Refunded
            ? intentId
            : throw new GatewayException(GatewayFault.Unavailable, $"intent {intentId} is still {left.Status}");
    }

    private Task<OrderPayment> SettleAsync(OrderPayment payment, string? intentId) =>
        book.ChangeAsync(payment, (current, now) => current.SettleUndo(intentId, now), CancellationToken.None);

    private static TimeSpan Pause(int attempts)
    {
        var full = Math.Min(FirstPause.TotalSeconds * Math.Pow(2, Math.Min(attempts, 20)), LongestPause.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.75 + Random.Shared.NextDouble() / 4));
    }

    [LoggerMessage(EventId = 420, Level = LogLevel.Warning, Message = "The payment of order {OrderId} is given up, but the gateway has not confirmed it after {Attempts} earlier attempts: {Reason}")]
    private static partial void LogPostponed(ILogger logger, Guid orderId, int attempts, string reason);

    [LoggerMessage(EventId = 421, Level = LogLevel.Error, Message = "The payment of order {OrderId} is given up, and the gateway does not know its intent {IntentId}: was the account changed?")]
    private static partial void LogUnknown(ILogger logger, Guid orderId, string? intentId);
}
