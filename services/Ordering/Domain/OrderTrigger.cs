namespace Argosy.Ordering.Domain;

/// <summary>What can happen to an order.</summary>
internal enum OrderTrigger
{
    RequirePaymentAction,
    Confirm,
    Ship,
    Complete,
    Cancel,
    Return,
}
