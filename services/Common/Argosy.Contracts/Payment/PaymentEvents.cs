namespace Argosy.Contracts.Payment;

/// <summary>The money for an order is held.</summary>
/// <param name="PaymentId">The gateway's id of the payment.</param>
public sealed record PaymentAuthorized(string OrderId, string PaymentId, Money Amount, DateTimeOffset AuthorizedAt) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "payment-authorized";
}

/// <summary>The money for an order is ours.</summary>
/// <param name="PaymentId">The gateway's id of the payment.</param>
public sealed record PaymentCaptured(string OrderId, string PaymentId, Money Amount, DateTimeOffset CapturedAt) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "payment-captured";
}

/// <summary>A payment was refused for good.</summary>
/// <param name="PaymentId">The gateway's id of the payment; null when it never got one.</param>
/// <param name="DeclineCode">Stable code, for example <c>card_declined</c>.</param>
public sealed record PaymentFailed(string OrderId, string? PaymentId, string DeclineCode, DateTimeOffset FailedAt) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "payment-failed";
}

/// <summary>Captured money was given back.</summary>
/// <param name="PaymentId">The gateway's id of the payment.</param>
public sealed record PaymentRefunded(string OrderId, string PaymentId, Money Amount, DateTimeOffset RefundedAt) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "payment-refunded";
}
