using System.Collections.Concurrent;
using System.Net.Http.Json;
using Argosy.Contracts;
using Argosy.Contracts.Catalog;

namespace Argosy.Basket.Tests.Support;

/// <summary>The catalog's quotes, with prices the test sets.</summary>
internal sealed class StubCatalog : HttpMessageHandler
{
    public ConcurrentDictionary<string, long> Prices { get; } = new();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal("/internal/catalog/quotes", request.RequestUri!.AbsolutePath);
        var asked = (await request.Content!.ReadFromJsonAsync<PriceQuoteRequest>(cancellationToken))!;
        var quotes = asked.Skus.Where(Prices.ContainsKey).Select(sku => new PriceQuote(sku, $"id-{sku}", $"Title {sku}", new Money(Prices[sku], "EUR"), $"/api/catalog/images/{sku}.svg"));
        return new HttpResponseMessage { Content = JsonContent.Create(new PriceQuoteResponse([.. quotes])) };
    }
}
