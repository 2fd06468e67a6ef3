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

/// <summary>The order's stock is reserved; it will be delivered.</summary>
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
