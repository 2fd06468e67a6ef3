using Argosy.Contracts.Catalog;
using Argosy.ServiceDefaults;
using Microsoft.Extensions.Caching.Memory;

namespace Argosy.Basket.Infrastructure;

/// <summary>Current titles and prices from the catalog. Quotes are kept for a moment, since a customer's clicks come in bursts.</summary>
internal sealed class CatalogPrices(HttpClient http) : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(2);
    private readonly MemoryCache _quotes = new(new MemoryCacheOptions { SizeLimit = 20_000 });

    /// <summary>The quotes by SKU; SKUs nobody sells are missing.</summary>
    public async Task<IReadOnlyDictionary<string, PriceQuote>> QuoteAsync(IEnumerable<string> skus, CancellationToken cancellationToken)
    {
        var quotes = new Dictionary<string, PriceQuote>();
        var missing = new List<string>();
        foreach (var sku in skus.Distinct())
        {
            if (_quotes.TryGetValue(sku, out PriceQuote? known))
                quotes[sku] = known!;
            else
                missing.Add(sku);
        }
        if (missing.Count > 0)
        {
            foreach (var quote in await FetchAsync(missing, cancellationToken))
            {
                quotes[quote.Sku] = quote;
                _quotes.Set(quote.Sku, quote, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Validity });
            }
        }
        return quotes;
    }

    public void Dispose() => _quotes.Dispose();

    private async Task<IReadOnlyList<PriceQuote>> FetchAsync(List<string> skus, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("/internal/catalog/quotes", new PriceQuoteRequest(skus), ArgosyJson.Options, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<PriceQuoteResponse>(ArgosyJson.Options, cancellationToken))!.Quotes;
    }
}
