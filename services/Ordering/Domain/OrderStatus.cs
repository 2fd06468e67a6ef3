namespace Argosy.Ordering.Domain;

/// <summary>Where an order stands. Clients and the database know it by its kebab-case name.</summary>
internal enum OrderStatus
{
    Submitted,
    AwaitingPaymentAction,
    Confirmed,
    Shipped,
    Completed,
    Cancelled,
    Returned,
}
