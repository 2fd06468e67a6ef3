using Argosy.Catalog.Domain;
using Argosy.Contracts;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Catalog.Features.Products;

/// <summary>A product as an operator sends it; replacing a product replaces all of it.</summary>
/// <param name="Slug">Only for new products; made from the title when missing.</param>
/// <param name="Category">Slug of a category that exists.</param>
/// <param name="Options">Names of up to three options, such as size and colour.</param>
/// <param name="Images">Addresses of pictures (https); without any the shop draws one.</param>
/// <param name="Published">Whether customers see it; yes if missing.</param>
internal sealed record ProductInput(
    string? Slug,
    string? Title,
    string? Description,
    string? Brand,
    string? Category,
    IReadOnlyList<string>? Tags,
    IReadOnlyList<string>? Options,
    IReadOnlyList<string>? Images,
    bool? Published,
    IReadOnlyList<ProductVariantInput>? Variants)
{
    /// <summary>Checks everything but what only the database knows.</summary>
    /// <param name="slug">The product's slug when it is replaced.</param>
    public Result<ProductDraft> ToDraft(string? slug = null)
    {
        var validation = new Validation();
        validation.RequireText(Title, "title", CatalogLimits.Title);
        validation.RequireText(Category, "category", CatalogLimits.CategorySlug);
        validation.Require((Description?.Length ?? 0) <= CatalogLimits.Description, "description", $"must not be longer than {CatalogLimits.Description} characters");
        validation.Require((Brand?.Length ?? 0) <= CatalogLimits.Brand, "brand", $"must not be longer than {CatalogLimits.Brand} characters");
        slug ??= string.IsNullOrEmpty(Slug) ? Domain.Slug.From(Title ?? "") : Slug;
        validation.Require(Domain.Slug.IsValid(slug) || string.IsNullOrWhiteSpace(Title), "slug", "must consist of small letters, digits and single hyphens");
        RequireTexts(validation, Tags, "tags", CatalogLimits.Tags, CatalogLimits.Tag);
        RequireTexts(validation, Options, "options", CatalogLimits.Options, CatalogLimits.OptionText);
        RequireTexts(validation, Images, "images", CatalogLimits.Images, CatalogLimits.ImageAddress);
        validation.Require(Images is null || Images.All(ImageAddress.IsValid), "images", "must be https addresses");
        validation.Require(Variants is { Count: > 0 and <= CatalogLimits.Variants }, "variants", $"must be 1 to {CatalogLimits.Variants}");
        for (var i = 0; i < Variants?.Count && i < CatalogLimits.Variants; i++)
            ProductVariantInput.Check(Variants[i], $"variants[{i}]", Options?.Count ?? 0, validation);
        validation.Require(Variants is null || Variants.DistinctBy(v => v?.Sku).Count() == Variants.Count, "variants", "must have different SKUs");
        return validation.Error is { } invalid ? invalid : Draft(slug);
    }

    private ProductDraft Draft(string slug) => new()
    {
        Slug = slug,
        Title = Title!.Trim(),
        Description = PlainText.Clean(Description ?? ""),
        Brand = Brand?.Trim() ?? "",
        CategorySlug = Category!,
        Tags = Tags ?? [],
        OptionNames = Options ?? [],
        Images = Images ?? [],
        IsPublished = Published ?? true,
        Variants = [.. Variants!.Select(v => new VariantDraft(v.Sku!, v.Options ?? [], v.Price!.Amount, v.InitialStock ?? 0))],
    };

    private static void RequireTexts(Validation validation, IReadOnlyList<string>? texts, string field, int maximumCount, int maximumLength) =>
        validation.Require(texts is null || (texts.Count <= maximumCount && texts.All(t => !string.IsNullOrWhiteSpace(t) && t.Length <= maximumLength)),
            field, $"must be at most {maximumCount} texts of at most {maximumLength} characters");
}

/// <summary>A variant as an operator sends it.</summary>
/// <param name="Options">One value per option of the product.</param>
/// <param name="InitialStock">Units to start with when the SKU is new to the shop; ignored otherwise.</param>
internal sealed record ProductVariantInput(string? Sku, IReadOnlyList<string>? Options, Money? Price, int? InitialStock)
{
    public static void Check(ProductVariantInput? variant, string path, int optionCount, Validation validation)
    {
        if (variant is null)
        {
            validation.Add(path, "is required");
            return;
        }
        validation.Require(Domain.Sku.IsValid(variant.Sku), $"{path}.sku", Domain.Sku.Rule);
        validation.Require((variant.Options?.Count ?? 0) == optionCount, $"{path}.options", "must have one value per option of the product");
        validation.Require(variant.Options is null || variant.Options.All(o => !string.IsNullOrWhiteSpace(o) && o.Length <= CatalogLimits.OptionText), $"{path}.options", $"must be texts of at most {CatalogLimits.OptionText} characters");
        validation.Require(variant.Price is { Amount: > 0 and <= CatalogLimits.Price, Currency: Currency.Code }, $"{path}.price", $"must be 1 to {CatalogLimits.Price} minor units of {Currency.Code}");
        validation.Require(variant.InitialStock is null or (>= 0 and <= CatalogLimits.Stock), $"{path}.initialStock", $"must be 0 to {CatalogLimits.Stock}");
    }
}
