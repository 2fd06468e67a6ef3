using Argosy.Inventory.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Inventory.Features.Stock;

internal static class SetStock
{
    private const int MaximumOnHand = 10_000_000;

    private static readonly DomainError BelowReserved =
        DomainError.Conflict("stock-below-reserved", "More units are reserved for orders than would be on hand.");

    private static readonly DomainError Changed =
        new("precondition-failed", "The stock is no longer at the version given with If-Match.", StatusCodes.Status412PreconditionFailed);

    public static void MapSetStock(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/inventory/{sku}", HandleAsync)
            .RequireOperator()
            .WithName("SetStock").WithSummary("Sets the units on hand, for example after a count or a delivery").WithTags("Inventory")
            .Produces<StockView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);

    private static async Task<IResult> HandleAsync(string sku, SetStockRequest request, InventoryContext context, HttpContext http, CancellationToken cancellationToken)
    {
        var validation = new Validation().Require(request.OnHand is >= 0 and <= MaximumOnHand, "onHand", $"must be a whole number from 0 to {MaximumOnHand}");
        if (validation.Error is { } invalid)
            return invalid.ToProblem();

        var version = StockTag.Expected(http.Request);
        var changed = await context.InTransactionAsync(async token =>
        {
            var item = await context.TrySetOnHandAsync(sku, request.OnHand!.Value, version, token);
            if (item is not null)
                context.PublishChange(item);
            return item;
        }, cancellationToken);
        if (changed is null)
            return (await WhyAsync(sku, version, context, cancellationToken)).ToProblem();

        http.Response.GetTypedHeaders().ETag = StockTag.Of(changed.Version);
        return Results.Ok(StockView.Of(changed));
    }

    private static async Task<DomainError> WhyAsync(string sku, long? version, InventoryContext context, CancellationToken cancellationToken)
    {
        var item = await context.Stock.AsNoTracking().SingleOrDefaultAsync(item => item.Sku == sku, cancellationToken);
        if (item is null)
            return DomainError.NotFound("SKU");
        return version is not null && version != item.Version ? Changed : BelowReserved;
    }
}

/// <summary>What is on hand now.</summary>
/// <param name="OnHand">Units, including those reserved for orders.</param>
public sealed record SetStockRequest(int? OnHand);
