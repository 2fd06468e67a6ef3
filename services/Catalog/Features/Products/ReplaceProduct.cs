using Argosy.Catalog.Infrastructure.Cache;
using Argosy.Catalog.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;

namespace Argosy.Catalog.Features.Products;

/// <summary><c>PUT /api/catalog/products/{idOrSlug}</c> with <c>If-Match</c> (operators).</summary>
internal static class ReplaceProduct
{
    public static void MapReplaceProduct(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/products/{idOrSlug}", HandleAsync).RequireOperator().WithSummary("Replaces all of a product but its slug").WithTags("Catalog")
            .Produces<ProductView>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);

    private static async Task<IResult> HandleAsync(string idOrSlug, ProductInput input, ProductStore store, CatalogContext context, HttpContext http, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(idOrSlug, cancellationToken) is not { } product)
            return DomainError.NotFound("product").ToProblem();
        if (ProductETag.Check(http.Request, product) is { } stale)
            return stale.ToProblem();
        if (!input.ToDraft(product.Slug).Succeeded(out var draft, out var invalid))
            return invalid.ToProblem();
        if (!(await store.ReplaceAsync(product, draft, cancellationToken)).Succeeded(out _, out var refusal))
            return refusal.ToProblem();
        var answer = await GetProduct.LoadAsync(context, context.Products.Where(p => p.Id == product.Id), cancellationToken);
        return answer is null ? DomainError.NotFound("product").ToProblem() : new CachedAnswerResult(answer, isPublic: false);
    }
}
