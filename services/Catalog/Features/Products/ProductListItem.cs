using Argosy.Catalog.Domain;
using Argosy.Contracts;

namespace Argosy.Catalog.Features.Products;

/// <summary>A product in a list: kept small, because lists are what the shop serves most.</summary>
/// <param name="Description">The first paragraph.</param>
/// <param name="Images">The first picture only.</param>
internal sealed record ProductListItem(
    Guid Id,
    string Slug,
    string Title,
    string Description,
    string Brand,
    string Category,
    IReadOnlyList<string> Images,
    IReadOnlyList<ProductListVariant> Variants)
{
    private const int SummaryLength = 120;

    public static ProductListItem Of(Product product, StockOnHand stock) => new(
        product.Id,
        product.Slug,
        product.Title,
        Summary(product.Description),
        product.Brand,
        product.CategorySlug,
        product.Images.Count > 1 ? product.Images[..1] : product.Images,
        [.. product.Variants.OrderBy(v => v.Position).Select(v => new ProductListVariant(v.Sku, VariantTitle.Of(v.OptionValues), new Money(v.Price, Currency.Code), stock.Of(v)))]);

    private static string Summary(string description)
    {
        var end = description.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? description : description[..end];
        return first.Length <= SummaryLength ? first : $"{first.AsSpan(0, SummaryLength - 1).TrimEnd()}…";
    }
}

/// <summary>A variant in a list.</summary>
internal sealed record ProductListVariant(string Sku, string Title, Money Price, int Available);
