namespace Argosy.Contracts.Catalog;

/// <summary>Asks Catalog for current titles and prices: <c>POST /internal/catalog/quotes</c>.</summary>
/// <param name="Skus">At most 200 SKUs.</param>
public sealed record PriceQuoteRequest(IReadOnlyList<string> Skus);

/// <summary>The quotes of the SKUs that are sold, in any order; SKUs nobody sells are missing.</summary>
public sealed record PriceQuoteResponse(IReadOnlyList<PriceQuote> Quotes);

/// <summary>What one SKU is called and costs now.</summary>
public sealed record PriceQuote(string Sku, string ProductId, string Title, Money Price, string? Image);
