using System.Linq.Expressions;
using System.Text.Json;
using Argosy.Catalog.Domain;
using Argosy.Catalog.Infrastructure.Cache;
using Argosy.Catalog.Infrastructure.Persistence;
using Argosy.Contracts.Http;
using Argosy.ServiceDefaults.Errors;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Products;

/// <summary><c>GET /api/catalog/products/{idOrSlug}</c>. Operators also see what is not published, uncached.</summary>
internal static class GetProduct
{
    public static void MapGetProduct(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/products/{idOrSlug}", HandleAsync).WithSummary("One product").WithTags("Catalog")
            .Produces<ProductView>().ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>The product that an id or a slug means.</summary>
    public static Expression<Func<Product, bool>> Named(string idOrSlug) =>
        Guid.TryParseExact(idOrSlug, "D", out var id) ? product => product.Id == id : product => product.Slug == idOrSlug;

    public static async Task<CachedAnswer?> LoadAsync(CatalogContext context, IQueryable<Product> products, CancellationToken cancellationToken)
    {
        var product = await products.AsNoTracking().Include(p => p.Variants).SingleOrDefaultAsync(cancellationToken);
        if (product is null)
            return null;
        var view = ProductView.Of(product, await StockOnHand.ReadAsync(context, [product], cancellationToken));
        return CachedAnswer.Of(JsonSerializer.SerializeToUtf8Bytes(view, CatalogJson.Compact.ProductView), product.Version);
    }

    private static async Task<IResult> HandleAsync(string idOrSlug, HttpContext http, ReadCache cache, CatalogContext database, CancellationToken cancellationToken)
    {
        if (idOrSlug.Length > Slug.MaxLength)
            return DomainError.NotFound("product").ToProblem();
        if (http.Request.Headers[ArgosyHeaders.Role] == "operator")
        {
            var whole = await LoadAsync(database, database.Products.Where(Named(idOrSlug)), cancellationToken);
            return whole is null ? DomainError.NotFound("product").ToProblem() : new CachedAnswerResult(whole, isPublic: false);
        }
        var answer = await cache.GetAsync($"product:{idOrSlug}", (context, token) => LoadAsync(context, context.Products.Where(p => p.IsPublished).Where(Named(idOrSlug)), token), cancellationToken);
        return answer is null ? DomainError.NotFound("product").ToProblem() : new CachedAnswerResult(answer);
    }
}
