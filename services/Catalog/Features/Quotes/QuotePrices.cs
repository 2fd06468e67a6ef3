using Argosy.Contracts.Catalog;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Catalog.Features.Quotes;

/// <summary><c>POST /internal/catalog/quotes</c>: what Basket and Ordering charge for SKUs.</summary>
internal static class QuotePrices
{
    private const int MaximumSkus = 200;

    public static void MapQuotePrices(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/catalog/quotes", HandleAsync).ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(PriceQuoteRequest request, QuoteBook book, CancellationToken cancellationToken)
    {
        var validation = new Validation().Require(request.Skus is { Count: <= MaximumSkus } && request.Skus.All(s => s is not null), "skus", $"must be a list of at most {MaximumSkus} SKUs");
        return validation.Error is { } invalid
            ? invalid.ToProblem()
            : TypedResults.Ok(await book.QuoteAsync(request.Skus.Distinct().ToList(), cancellationToken));
    }
}
