using Argosy.Inventory.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Inventory.Features.Stock;

internal static class GetStock
{
    public static void MapGetStock(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/inventory/{sku}", HandleAsync)
            .WithName("GetStock").WithSummary("The stock of a SKU").WithTags("Inventory")
            .Produces<StockView>().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string sku, InventoryContext context, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await context.Stock.AsNoTracking().SingleOrDefaultAsync(item => item.Sku == sku, cancellationToken) is not { } item)
            return DomainError.NotFound("SKU").ToProblem();
        response.GetTypedHeaders().ETag = StockTag.Of(item.Version);
        return Results.Ok(StockView.Of(item));
    }
}
