using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;

namespace Argosy.Catalog.Features.Products;

/// <summary><c>DELETE /api/catalog/products/{idOrSlug}</c> with <c>If-Match</c> (operators).</summary>
internal static class DeleteProduct
{
    public static void MapDeleteProduct(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/products/{idOrSlug}", HandleAsync).RequireOperator().WithSummary("Removes a product").WithTags("Catalog")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);

    private static async Task<IResult> HandleAsync(string idOrSlug, ProductStore store, HttpContext http, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(idOrSlug, cancellationToken) is not { } product)
            return DomainError.NotFound("product").ToProblem();
        if (ProductETag.Check(http.Request, product) is { } stale)
            return stale.ToProblem();
        await store.RemoveAsync(product, cancellationToken);
        return TypedResults.NoContent();
    }
}
