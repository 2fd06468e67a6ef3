using System.Collections.Frozen;

namespace Argosy.Ordering.Domain;

/// <summary>The whole life of an order as a table; a pair that is missing is refused.</summary>
internal static class OrderTransitions
{
    private static readonly FrozenDictionary<(OrderStatus From, OrderTrigger Trigger), OrderStatus> Table =
        new Dictionary<(OrderStatus, OrderTrigger), OrderStatus>
        {
            [(OrderStatus.Submitted, OrderTrigger.RequirePaymentAction)] = OrderStatus.AwaitingPaymentAction,
            [(OrderStatus.Submitted, OrderTrigger.Confirm)] = OrderStatus.Confirmed,
            [(OrderStatus.Submitted, OrderTrigger.Cancel)] = OrderStatus.Cancelled,
            [(OrderStatus.AwaitingPaymentAction, OrderTrigger.Confirm)] = OrderStatus.Confirmed,
            [(OrderStatus.AwaitingPaymentAction, OrderTrigger.Cancel)] = OrderStatus.Cancelled,
            [(OrderStatus.Confirmed, OrderTrigger.Ship)] = OrderStatus.Shipped,
            [(OrderStatus.Confirmed, OrderTrigger.Cancel)] = OrderStatus.Cancelled,
            [(OrderStatus.Shipped, OrderTrigger.Complete)] = OrderStatus.Completed,
            [(OrderStatus.Shipped, OrderTrigger.Return)] = OrderStatus.Returned,
            [(OrderStatus.Completed, OrderTrigger.Return)] = OrderStatus.Returned,
        }.ToFrozenDictionary();

    /// <summary>The status the trigger leads to, or null when it is not allowed.</summary>
    public static OrderStatus? Next(OrderStatus from, OrderTrigger trigger) =>
        Table.TryGetValue((from, trigger), out var to) ? to : null;

    public static bool Allows(OrderStatus from, OrderTrigger trigger) => Table.ContainsKey((from, trigger));
}
