using Argosy.Basket.Domain;
using Argosy.Basket.Infrastructure;
using Argosy.Contracts.Basket;
using Argosy.ServiceDefaults.Http;

namespace Argosy.Basket.Features.Baskets;

/// <summary><c>GET /api/basket</c>, and the same for Ordering at <c>GET /internal/baskets/{customerId}</c>.</summary>
internal static class GetBasket
{
    public static void MapGetBasket(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/basket", (CustomerId customer, BasketStore store, CatalogPrices prices, CancellationToken cancellationToken) => ReadAsync(customer.Value, store, prices, cancellationToken))
            .WithSummary("The customer's basket at current prices").WithTags("Basket")
            .Produces<BasketSnapshot>().ProducesProblem(StatusCodes.Status401Unauthorized);
        routes.MapGet("/internal/baskets/{customerId}", ReadAsync).ExcludeFromDescription();
    }

    private static async Task<BasketSnapshot> ReadAsync(string customerId, BasketStore store, CatalogPrices prices, CancellationToken cancellationToken)
    {
        var basket = await store.ReadAsync(customerId, cancellationToken);
        return Pricing.Price(basket, await prices.QuoteAsync(basket.Items.Select(item => item.Sku), cancellationToken));
    }
}
