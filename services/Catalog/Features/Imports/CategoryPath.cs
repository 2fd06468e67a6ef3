using Argosy.Catalog.Domain;

namespace Argosy.Catalog.Features.Imports;

/// <summary>A category as files write it: <c>Kitchen &gt; Cookware</c>.</summary>
internal static class CategoryPath
{
    public static IReadOnlyList<string> Parse(string text) => text.Split('>', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static string SlugOf(IEnumerable<string> names) => string.Join('-', names.Select(Slug.From));

    /// <summary>What is wrong with the path; null when nothing is.</summary>
    public static string? Check(IReadOnlyList<string> names) =>
        names.Count is 0 or > CatalogLimits.CategoryDepth ? $"must name 1 to {CatalogLimits.CategoryDepth} levels, such as Kitchen > Cookware"
        : names.Any(n => n.Length > CatalogLimits.CategoryName || Slug.From(n).Length == 0) ? $"must consist of names of at most {CatalogLimits.CategoryName} characters"
        : SlugOf(names).Length > Slug.MaxLength ? "is too long"
        : null;
}
