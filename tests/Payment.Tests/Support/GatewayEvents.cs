using System.Text.Json;

namespace Argosy.Payment.Tests.Support;

/// <summary>Events as the gateway writes them.</summary>
internal static class GatewayEvents
{
    public static string Intent(string type, Guid orderId, string intentId, string status, object? more = null) => Event(type, new
    {
        id = intentId,
        @object = "payment_intent",
        amount = 1999,
        currency = "eur",
        status,
        metadata = new { order_id = orderId },
        cancellation_reason = (more as Cancelled)?.Reason,
        last_payment_error = more is Failed failed ? new { type = "card_error", code = failed.Code } : null,
    });

    public static string ChargeRefunded(Guid orderId, string intentId, bool refunded = true) => Event("charge.refunded", new
    {
        id = "ch_1",
        @object = "charge",
        amount = 1999,
        amount_refunded = refunded ? 1999 : 100,
        refunded,
        payment_intent = intentId,
        metadata = new { order_id = orderId },
    });

    public static string Event(string type, object subject) => JsonSerializer.Serialize(new
    {
        id = $"evt_{Guid.NewGuid():N}",
        @object = "event",
        api_version = "2024-06-20",
        created = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        type,
        data = new { @object = subject },
    });

    public sealed record Cancelled(string Reason);

    public sealed record Failed(string Code);
}
