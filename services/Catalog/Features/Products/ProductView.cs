using Argosy.Catalog.Domain;
using Argosy.Contracts;

namespace Argosy.Catalog.Features.Products;

/// <summary>A product as its own page shows it.</summary>
/// <param name="Description">Plain text; paragraphs are separated by line feeds.</param>
/// <param name="Options">What the option values of the variants mean.</param>
/// <param name="Published">False only in answers to operators.</param>
internal sealed record ProductView(
    Guid Id,
    string Slug,
    string Title,
    string Description,
    string Brand,
    string Category,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Options,
    IReadOnlyList<string> Images,
    bool Published,
    IReadOnlyList<ProductVariantView> Variants)
{
    public static ProductView Of(Product product, StockOnHand stock) => new(
        product.Id,
        product.Slug,
        product.Title,
        product.Description,
        product.Brand,
        product.CategorySlug,
        product.Tags,
        product.OptionNames,
        product.Images,
        product.IsPublished,
        [.. product.Variants.OrderBy(v => v.Position).Select(v => new ProductVariantView(v.Sku, VariantTitle.Of(v.OptionValues), v.OptionValues, new Money(v.Price, Currency.Code), stock.Of(v)))]);
}

/// <summary>A variant on a product page.</summary>
/// <param name="Options">One value per option of the product.</param>
/// <param name="Available">Units that can be bought now.</param>
internal sealed record ProductVariantView(string Sku, string Title, IReadOnlyList<string> Options, Money Price, int Available);
