using Argosy.Basket.Domain;
using Argosy.Basket.Infrastructure;
using Argosy.Contracts.Basket;
using Argosy.Contracts.Catalog;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;

namespace Argosy.Basket.Features.Baskets;

/// <summary><c>PUT /api/basket/items/{sku}</c> sets how many are wanted, <c>DELETE</c> the same as 0. Both answer with the whole basket.</summary>
internal static class PutItem
{
    public static void MapPutItem(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/api/basket/items/{sku}", PutAsync).WithSummary("Sets the quantity of a SKU; 0 removes it").WithTags("Basket")
            .Produces<BasketSnapshot>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapDelete("/api/basket/items/{sku}", (string sku, CustomerId customer, BasketStore store, CatalogPrices prices, CancellationToken cancellationToken) => SetAsync(sku, 0, customer, store, prices, cancellationToken))
            .WithSummary("Removes a SKU").WithTags("Basket").Produces<BasketSnapshot>().ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static Task<IResult> PutAsync(string sku, PutItemInput input, CustomerId customer, BasketStore store, CatalogPrices prices, CancellationToken cancellationToken) =>
        input.Quantity is { } quantity
            ? SetAsync(sku, quantity, customer, store, prices, cancellationToken)
            : Task.FromResult(new Validation().Require(false, "quantity", "is required").Error!.ToProblem());

    private static async Task<IResult> SetAsync(string sku, int quantity, CustomerId customer, BasketStore store, CatalogPrices prices, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, PriceQuote> quotes = new Dictionary<string, PriceQuote>();
        var result = await store.UpdateAsync(customer.Value, async basket =>
        {
            quotes = await prices.QuoteAsync(basket.Items.Select(item => item.Sku).Append(sku), cancellationToken);
            if (quantity != 0 && !quotes.ContainsKey(sku))
                return BasketErrors.UnknownSku;
            // Lines the customer no longer sees must not fill the basket.
            return basket.KeepOnly(quotes.ContainsKey).Put(sku, quantity);
        }, cancellationToken);
        return result.Match(basket => (IResult)TypedResults.Ok(Pricing.Price(basket, quotes)), refusal => refusal.ToProblem());
    }
}

/// <summary>The wanted quantity.</summary>
/// <param name="Quantity">0 to 99.</param>
internal sealed record PutItemInput(int? Quantity);
