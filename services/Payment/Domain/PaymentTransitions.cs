using System.Collections.Frozen;
using Argosy.Contracts.Payment;

namespace Argosy.Payment.Domain;

/// <summary>The whole life of a payment as a table; a pair that is missing is refused. No state comes back once it was left, so whatever
/// the table refuses is either known already or out of date.</summary>
internal static class PaymentTransitions
{
    private static readonly FrozenDictionary<(PaymentState From, PaymentTrigger Trigger), PaymentState> Table =
        new Dictionary<(PaymentState, PaymentTrigger), PaymentState>
        {
            [(PaymentState.Pending, PaymentTrigger.RequireAction)] = PaymentState.RequiresAction,
            [(PaymentState.Pending, PaymentTrigger.Authorize)] = PaymentState.Authorized,
            [(PaymentState.Pending, PaymentTrigger.Decline)] = PaymentState.Declined,
            [(PaymentState.Pending, PaymentTrigger.Void)] = PaymentState.Voided,
            [(PaymentState.RequiresAction, PaymentTrigger.Authorize)] = PaymentState.Authorized,
            [(PaymentState.RequiresAction, PaymentTrigger.Decline)] = PaymentState.Declined,
            [(PaymentState.RequiresAction, PaymentTrigger.Void)] = PaymentState.Voided,
            [(PaymentState.Authorized, PaymentTrigger.Capture)] = PaymentState.Captured,
            [(PaymentState.Authorized, PaymentTrigger.Void)] = PaymentState.Voided,
            [(PaymentState.Captured, PaymentTrigger.Refund)] = PaymentState.Refunded,
        }.ToFrozenDictionary();

    /// <summary>The state the trigger leads to, or null when it is not allowed.</summary>
    public static PaymentState? Next(PaymentState from, PaymentTrigger trigger) =>
        Table.TryGetValue((from, trigger), out var to) ? to : null;
}
