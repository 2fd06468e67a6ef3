namespace Argosy.Ordering.Domain;

/// <summary>An entry of an order's own history.</summary>
/// <param name="Reason">Stable code of a cancellation.</param>
internal sealed record StatusChange(OrderStatus Status, DateTimeOffset At, string? Reason = null);
