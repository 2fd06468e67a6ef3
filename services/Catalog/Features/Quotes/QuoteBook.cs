using System.Collections.Concurrent;
using Argosy.Catalog.Domain;
using Argosy.Catalog.Infrastructure.Cache;
using Argosy.Catalog.Infrastructure.Persistence;
using Argosy.Contracts;
using Argosy.Contracts.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Quotes;

/// <summary>Current prices by SKU, kept in memory for as long as no product changes; changes of stock do not concern it.</summary>
internal sealed class QuoteBook(CurrentRevision current, IServiceScopeFactory scopes)
{
    private const int MaximumQuotes = 50_000;
    private Pages _pages = new(Guid.Empty);

    public async ValueTask<PriceQuoteResponse> QuoteAsync(IReadOnlyCollection<string> skus, CancellationToken cancellationToken)
    {
        var pages = PagesOf((await current.GetAsync(cancellationToken)).Content);
        var quotes = new List<PriceQuote>(skus.Count);
        List<string>? missing = null;
        foreach (var sku in skus)
        {
            if (pages.Quotes.TryGetValue(sku, out var quote))
                quotes.Add(quote);
            else
                (missing ??= []).Add(sku);
        }
        if (missing is not null)
            quotes.AddRange(await ReadAsync(pages, missing, cancellationToken));
        return new PriceQuoteResponse(quotes);
    }

    private async Task<List<PriceQuote>> ReadAsync(Pages pages, List<string> skus, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<CatalogContext>();
        var rows = await (
            from variant in context.Variants.AsNoTracking()
            join product in context.Products on variant.ProductId equals product.Id
            where skus.Contains(variant.Sku) && product.IsPublished
            select new { variant.Sku, variant.Price, variant.OptionValues, product.Id, product.Title, product.Images }).ToListAsync(cancellationToken);
        var quotes = rows.ConvertAll(row => new PriceQuote(
            row.Sku, row.Id.ToString(), VariantTitle.WithProduct(row.Title, row.OptionValues), new Money(row.Price, Currency.Code), row.Images.FirstOrDefault()));
        if (pages.Quotes.Count < MaximumQuotes)
        {
            foreach (var quote in quotes)
                pages.Quotes[quote.Sku] = quote;
        }
        return quotes;
    }

    private Pages PagesOf(Guid content)
    {
        var pages = Volatile.Read(ref _pages);
        if (pages.Content == content)
            return pages;
        var next = new Pages(content);
        var before = Interlocked.CompareExchange(ref _pages, next, pages);
        return before == pages ? next : before.Content == content ? before : next;
    }

    private sealed class Pages(Guid content)
    {
        public Guid Content { get; } = content;

        public ConcurrentDictionary<string, PriceQuote> Quotes { get; } = new();
    }
}
