namespace Argosy.Ordering.Domain;

/// <summary>What an order costs, computed by the server, in minor units of one currency.</summary>
internal sealed record OrderTotals(string Currency, long Subtotal, long Discount, long Shipping, long Tax, long Total);
