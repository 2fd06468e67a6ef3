using System.Text;
using Argosy.Payment.Domain;
using Argosy.Payment.Infrastructure.Gateway;
using Argosy.ServiceDefaults.Errors;
using Microsoft.Extensions.Options;
using Stripe;

namespace Argosy.Payment.Features.Webhooks;

/// <summary>Verifies that an event comes from the gateway and is fresh, and puts it into our words.</summary>
internal sealed partial class WebhookReader(GatewayKeys keys, IOptions<PaymentGatewayOptions> options, TimeProvider clock, ILogger<WebhookReader> logger)
{
    private static readonly DomainError InvalidSignature =
        new("webhook-signature-invalid", "The event is not signed with this shop's secret, or the signature is too old.", StatusCodes.Status400BadRequest);

    /// <summary>The event; null when it is none we follow.</summary>
    /// <param name="body">Exactly as received.</param>
    /// <param name="signature">Header <c>Stripe-Signature</c>.</param>
    public Result<GatewayNotice?> Read(ReadOnlyMemory<byte> body, string signature)
    {
        Event received;
        try
        {
            received = EventUtility.ConstructEvent(
                Encoding.UTF8.GetString(body.Span), signature, keys.WebhookSecret, options.Value.WebhookToleranceSeconds, clock.GetUtcNow().ToUnixTimeSeconds(),
                // The fields we read have been the same since payment intents exist.
                throwOnApiVersionMismatch: false);
        }
        catch (Exception failure) when (failure is StripeException or FormatException or OverflowException)
        {
            LogRefused(logger, failure is StripeException ? failure.Message : "its time is not a number");
            return InvalidSignature;
        }
        return Translate(received);
    }

    private GatewayNotice? Translate(Event received)
    {
        switch (received.Type, received.Data?.Object)
        {
            case (EventTypes.PaymentIntentRequiresAction or EventTypes.PaymentIntentAmountCapturableUpdated or EventTypes.PaymentIntentSucceeded
                or EventTypes.PaymentIntentPaymentFailed or EventTypes.PaymentIntentCanceled, PaymentIntent intent):
                return Notice(received, intent.Metadata, StripeTranslation.ToPayment(intent));
            case (EventTypes.ChargeRefunded, Charge { Refunded: true } charge):
                return Notice(received, charge.Metadata, new GatewayPayment(charge.PaymentIntentId, GatewayStatus.Refunded));
            case (EventTypes.RefundFailed, Refund refund):
                LogRefundFailed(logger, refund.Id, refund.PaymentIntentId);
                return null;
            default:
                LogIgnored(logger, received.Id, received.Type);
                return null;
        }
    }

    private GatewayNotice? Notice(Event received, Dictionary<string, string>? metadata, GatewayPayment payment)
    {
        if (payment.IntentId is not null && metadata?.GetValueOrDefault(StripeTranslation.OrderIdKey) is { } text && Guid.TryParse(text, out var orderId))
            return new GatewayNotice(orderId, payment);
        LogIgnored(logger, received.Id, received.Type);
        return null;
    }

    [LoggerMessage(EventId = 430, Level = LogLevel.Warning, Message = "An event for the payment webhook is refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);

    [LoggerMessage(EventId = 431, Level = LogLevel.Debug, Message = "Event {EventId} ({Type}) concerns no payment of ours")]
    private static partial void LogIgnored(ILogger logger, string eventId, string type);

    [LoggerMessage(EventId = 432, Level = LogLevel.Error, Message = "The bank did not take refund {RefundId} of intent {IntentId}: the customer has to be paid in another way")]
    private static partial void LogRefundFailed(ILogger logger, string refundId, string? intentId);
}
