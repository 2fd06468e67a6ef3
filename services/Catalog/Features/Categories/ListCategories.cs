using System.Text.Json;
using Argosy.Catalog.Infrastructure.Cache;
using Argosy.Catalog.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Categories;

/// <summary><c>GET /api/catalog/categories</c>: the tree, with how many products each branch holds.</summary>
internal static class ListCategories
{
    public static void MapListCategories(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/categories", HandleAsync).WithSummary("The category tree").WithTags("Catalog").Produces<CategoryList>();

    private static async Task<IResult> HandleAsync(ReadCache cache, CancellationToken cancellationToken) =>
        new CachedAnswerResult((await cache.GetAsync("categories", LoadAsync, cancellationToken))!);

    private static async Task<CachedAnswer?> LoadAsync(CatalogContext context, CancellationToken cancellationToken)
    {
        var tree = await CategoryTree.ReadAsync(context, cancellationToken);
        var counts = await context.Products.Where(p => p.IsPublished)
            .GroupBy(p => p.CategorySlug)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var list = new CategoryList(NodesBelow(null, tree, counts));
        return CachedAnswer.Of(JsonSerializer.SerializeToUtf8Bytes(list, CatalogJson.Compact.CategoryList));
    }

    private static List<CategoryNode> NodesBelow(string? slug, CategoryTree tree, Dictionary<string, int> counts) =>
    [
        .. tree.ChildrenOf(slug).Select(category =>
        {
            var children = NodesBelow(category.Slug, tree, counts);
            return new CategoryNode(category.Slug, category.Name, counts.GetValueOrDefault(category.Slug) + children.Sum(c => c.ProductCount), children);
        }),
    ];
}

/// <summary>The top of the category tree.</summary>
internal sealed record CategoryList(IReadOnlyList<CategoryNode> Items);

/// <summary>A category with what is below it.</summary>
/// <param name="ProductCount">Products on sale in it and below it.</param>
internal sealed record CategoryNode(string Slug, string Title, int ProductCount, IReadOnlyList<CategoryNode> Children);
