namespace Argosy.Payment.Domain;

/// <summary>The accounts of the ledger. A positive balance says where money is, a negative one whom it came from:
/// <code>
///                customer   authorization-hold   cash
///   authorize      -A             +A
///   void           +A             -A
///   capture                       -A              +A
///   refund         +A                             -A
/// </code>
/// So the hold is the sum of all payments that are authorized and not captured, cash is what was captured and not given back, and the
/// customers' account is the counterpart of both.</summary>
internal static class LedgerAccount
{
    /// <summary>What customers have put up, as a negative balance.</summary>
    public const string Customer = "customer";

    /// <summary>Money the gateway holds for us, which is still the customer's.</summary>
    public const string AuthorizationHold = "authorization-hold";

    /// <summary>Money that is ours: captured, less refunded.</summary>
    public const string Cash = "cash";

    public const int NameLength = 32;
}
