namespace Argosy.Notification.Domain;

/// <summary>The steps of an order its customer hears of, once each.</summary>
internal enum OrderStep
{
    Submitted,
    AwaitingPaymentAction,
    Confirmed,
    Shipped,
    Completed,
    Cancelled,
}
