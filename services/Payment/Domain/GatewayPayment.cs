namespace Argosy.Payment.Domain;

/// <summary>What the gateway says of a payment: its answer, or an event of its.</summary>
/// <param name="IntentId">The gateway's id; null when it refused before it made one.</param>
/// <param name="ActionUrl">Where the customer has to go; only with <see cref="GatewayStatus.RequiresAction"/>.</param>
/// <param name="FailureCode">Stable code of why; only with <see cref="GatewayStatus.Declined"/> and <see cref="GatewayStatus.Canceled"/>.</param>
internal sealed record GatewayPayment(string? IntentId, GatewayStatus Status, string? ActionUrl = null, string? FailureCode = null);

/// <summary>Where the gateway is with a payment.</summary>
internal enum GatewayStatus
{
    /// <summary>Not decided.</summary>
    Open,

    RequiresAction,

    /// <summary>The money is held for us.</summary>
    Held,

    Captured,

    Declined,

    /// <summary>Given up; nothing is held.</summary>
    Canceled,

    Refunded,
}
