namespace Argosy.Ordering.Domain;

/// <summary>What was bought, at the price of that moment in minor units of the order's currency; never changes.</summary>
internal sealed record OrderLine(string Sku, string Title, int Quantity, long UnitPrice, long LineTotal);
