namespace Argosy.Contracts.Ordering;

/// <summary>A line of an order.</summary>
public sealed record OrderEventLine(string Sku, string Title, int Quantity, Money UnitPrice);

/// <summary>An order was accepted. Consumers: Basket removes the bought lines.</summary>
/// <param name="CustomerId">The customer or guest the order belongs to.</param>
public sealed record OrderSubmitted(string OrderId, string Number, string CustomerId, IReadOnlyList<OrderEventLine> Lines, Money Total, DateTimeOffset SubmittedAt) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "order-submitted";
}

/// <summary>The customer's bank wants to hear from the customer (3-D Secure) before the order can be confirmed.</summary>
/// <param name="ExpiresAt">When the order is cancelled unless the customer has acted.</param>
public sealed record OrderAwaitingPaymentAction(string OrderId, string Number, string CustomerId, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "order-awaiting-payment-action";
}

/// <summary>The order's stock is reserved and its payment authorized; it will be delivered.</summary>
public sealed record OrderConfirmed(string OrderId, string Number, string CustomerId, Money Total, DateTimeOffset ConfirmedAt) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "order-confirmed";
}

/// <summary>The order ended without delivery.</summary>
/// <param name="Reason">Stable code, for example <c>out-of-stock</c> or <c>customer-request</c>.</param>
public sealed record OrderCancelled(string OrderId, string Number, string CustomerId, string Reason, DateTimeOffset CancelledAt) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "order-cancelled";
}

/// <summary>The order is paid and on its way.</summary>
/// <param name="Carrier">Who carries it, as the operator named it; null when they did not.</param>
/// <param name="TrackingNumber">The carrier's number; null when there is none.</param>
public sealed record OrderShipped(string OrderId, string Number, string CustomerId, string? Carrier, string? TrackingNumber, DateTimeOffset ShippedAt) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "order-shipped";
}

/// <summary>The order is over: delivered, and the time to complain about its delivery has passed.</summary>
public sealed record OrderCompleted(string OrderId, string Number, string CustomerId, DateTimeOffset CompletedAt) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "order-completed";
}
