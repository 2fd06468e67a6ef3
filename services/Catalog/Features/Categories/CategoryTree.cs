using Argosy.Catalog.Domain;
using Argosy.Catalog.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Categories;

/// <summary>All categories, related to each other. A shop has dozens of them, so they are simply read.</summary>
internal sealed class CategoryTree(IReadOnlyList<Category> categories)
{
    private readonly ILookup<string?, Category> _children = categories.ToLookup(c => c.ParentSlug);

    public static async Task<CategoryTree> ReadAsync(CatalogContext context, CancellationToken cancellationToken) =>
        new(await context.Categories.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellationToken));

    public bool Contains(string slug) => categories.Any(c => c.Slug == slug);

    /// <summary>The children of a category; the top ones for null.</summary>
    public IEnumerable<Category> ChildrenOf(string? slug) => _children[slug];

    /// <summary>The slugs of a category and of all below it.</summary>
    public IReadOnlyList<string> WithDescendants(string slug) => [slug, .. ChildrenOf(slug).SelectMany(child => WithDescendants(child.Slug))];
}
