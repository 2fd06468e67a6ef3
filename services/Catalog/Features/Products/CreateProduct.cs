using Argosy.Catalog.Infrastructure.Cache;
using Argosy.Catalog.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;

namespace Argosy.Catalog.Features.Products;

/// <summary><c>POST /api/catalog/products</c> (operators).</summary>
internal static class CreateProduct
{
    public static void MapCreateProduct(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/products", HandleAsync).RequireOperator().WithSummary("Adds a product").WithTags("Catalog")
            .Produces<ProductView>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(ProductInput input, ProductStore store, CatalogContext context, HttpContext http, CancellationToken cancellationToken)
    {
        if (!input.ToDraft().Succeeded(out var draft, out var invalid))
            return invalid.ToProblem();
        if (!(await store.CreateAsync(draft, cancellationToken)).Succeeded(out var product, out var refusal))
            return refusal.ToProblem();
        http.Response.StatusCode = StatusCodes.Status201Created;
        http.Response.Headers.Location = $"/api/catalog/products/{product.Id}";
        var answer = await GetProduct.LoadAsync(context, context.Products.Where(p => p.Id == product.Id), cancellationToken);
        return answer is null ? DomainError.NotFound("product").ToProblem() : new CachedAnswerResult(answer, isPublic: false);
    }
}
