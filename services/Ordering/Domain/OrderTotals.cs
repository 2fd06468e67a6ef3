using Argosy.Contracts;

namespace Argosy.Ordering.Domain;

/// <summary>What an order costs, computed by the server, in minor units of one currency.</summary>
internal sealed record OrderTotals(string Currency, long Subtotal, long Discount, long Shipping, long Tax, long Total)
{
    public Money TotalMoney => In(Total);

    /// <summary>An amount in the order's currency.</summary>
    public Money In(long amount) => new(amount, Currency);
}
