using System.Text.Json;
using Argosy.Catalog.Domain;
using Argosy.Catalog.Features.Categories;
using Argosy.Catalog.Infrastructure.Cache;
using Argosy.Catalog.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Products;

/// <summary><c>GET /api/catalog/products?category=&amp;page=&amp;pageSize=&amp;sort=</c>. A category includes those below it.</summary>
internal static class ListProducts
{
    public static void MapListProducts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/products", HandleAsync).WithSummary("Products on sale, by page").WithTags("Catalog")
            .Produces<Paged<ProductListItem>>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(PageRequest page, string? category, string? sort, ReadCache cache, CancellationToken cancellationToken)
    {
        category = string.IsNullOrEmpty(category) ? null : category;
        sort = string.IsNullOrEmpty(sort) ? ProductSort.Default : sort;
        var validation = new Validation()
            .Require(ProductSort.Exists(sort), "sort", $"must be one of {string.Join(", ", ProductSort.Names)}")
            .Require(category is null || Slug.IsValid(category), "category", "must be the slug of a category");
        if (validation.Error is { } invalid)
            return invalid.ToProblem();
        var answer = await cache.GetAsync($"list:{category}:{sort}:{page.Page}:{page.PageSize}", (context, token) => LoadAsync(context, category, sort, page, token), cancellationToken);
        return answer is null ? new DomainError("unknown-category", "There is no such category.", StatusCodes.Status404NotFound).ToProblem() : new CachedAnswerResult(answer);
    }

    private static async Task<CachedAnswer?> LoadAsync(CatalogContext context, string? category, string sort, PageRequest page, CancellationToken cancellationToken)
    {
        var products = context.Products.AsNoTracking().Where(p => p.IsPublished);
        if (category is not null)
        {
            var tree = await CategoryTree.ReadAsync(context, cancellationToken);
            if (!tree.Contains(category))
                return null;
            var wanted = tree.WithDescendants(category);
            products = products.Where(p => wanted.Contains(p.CategorySlug));
        }
        var total = await products.CountAsync(cancellationToken);
        var found = await ProductSort.Apply(sort, products).Skip(page.Skip).Take(page.PageSize).Include(p => p.Variants).AsSplitQuery().ToListAsync(cancellationToken);
        var stock = await StockOnHand.ReadAsync(context, found, cancellationToken);
        var list = new Paged<ProductListItem>([.. found.Select(p => ProductListItem.Of(p, stock))], page.Page, page.PageSize, total);
        var body = JsonSerializer.SerializeToUtf8Bytes(list, CatalogJson.Compact.PagedProductListItem);
        return CachedAnswer.Of(body) with { IsWorthSharing = found.Count > 0 };
    }
}
