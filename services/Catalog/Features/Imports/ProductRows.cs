using Argosy.Catalog.Domain;

namespace Argosy.Catalog.Features.Imports;

/// <summary>Builds a product from the rows that carry its handle: the first describes the product, each may bring a variant and a picture.</summary>
internal sealed class ProductRows
{
    // How Shopify writes a product without options.
    private const string NoOptionName = "Title";
    private const string NoOptionValue = "Default Title";

    private readonly int _firstRow;
    private readonly IReadOnlyList<string> _category;
    private readonly ProductDraft _draft;
    private readonly List<string> _images = [];
    private readonly List<VariantDraft> _variants = [];
    private readonly List<int> _variantRows = [];
    private readonly ImportErrors _errors;

    public ProductRows(ShopifyRow first, ImportErrors errors)
    {
        _firstRow = first.Number;
        _errors = errors;
        _category = ReadCategory(first);
        _draft = new ProductDraft
        {
            Slug = first[ShopifyColumns.Handle],
            Title = first.Text(ShopifyColumns.Title, CatalogLimits.Title, isRequired: true),
            Description = first.Html(ShopifyColumns.Body, CatalogLimits.Description),
            Brand = first.Text(ShopifyColumns.Vendor, CatalogLimits.Brand),
            CategorySlug = CategoryPath.SlugOf(_category),
            Tags = ReadTags(first),
            IsPublished = ReadPublished(first),
            OptionNames = ReadOptionNames(first),
            Images = _images,
            Variants = _variants,
        };
        if (!Slug.IsValid(Handle))
            first.Refuse(ShopifyColumns.Handle, "must consist of small letters, digits and single hyphens");
        Add(first);
    }

    public string Handle => _draft.Slug;

    public void Add(ShopifyRow row)
    {
        var image = row[ShopifyColumns.ImageSource];
        if (image.Length > 0)
            AddImage(row, image);
        if (HasVariant(row))
            AddVariant(row);
        else if (image.Length == 0)
            row.Refuse(ShopifyColumns.VariantSku, "is required in a row without a picture");
    }

    /// <summary>The product, after its last row.</summary>
    public ImportedProduct Complete()
    {
        if (_variants.Count is 0 or > CatalogLimits.Variants)
            _errors.Add(_firstRow, ShopifyColumns.VariantSku, $"the product must have 1 to {CatalogLimits.Variants} variants");
        if (_images.Count > CatalogLimits.Images)
            _errors.Add(_firstRow, ShopifyColumns.ImageSource, $"the product must not have more than {CatalogLimits.Images} pictures");
        return new ImportedProduct(_firstRow, _category, _draft, _variantRows);
    }

    private static bool HasVariant(ShopifyRow row) =>
        row[ShopifyColumns.VariantSku].Length > 0 || row[ShopifyColumns.VariantPrice].Length > 0 || row[ShopifyColumns.OptionValue(1)].Length > 0;

    private static List<string> ReadOptionNames(ShopifyRow first)
    {
        var names = new List<string>();
        for (var option = 1; option <= CatalogLimits.Options; option++)
        {
            var name = first.Text(ShopifyColumns.OptionName(option), CatalogLimits.OptionText);
            var isNone = name.Length == 0 || (option == 1 && name == NoOptionName && first[ShopifyColumns.OptionValue(1)] is (NoOptionValue or ""));
            if (isNone)
                break;
            names.Add(name);
        }
        return names;
    }

    private void AddVariant(ShopifyRow row)
    {
        var sku = row[ShopifyColumns.VariantSku];
        if (!Sku.IsValid(sku))
            row.Refuse(ShopifyColumns.VariantSku, sku.Length == 0 ? "is required" : Sku.Rule);
        var values = new List<string>(_draft.OptionNames.Count);
        for (var option = 1; option <= _draft.OptionNames.Count; option++)
            values.Add(row.Text(ShopifyColumns.OptionValue(option), CatalogLimits.OptionText, isRequired: true));
        var same = _variants.FindIndex(v => v.OptionValues.SequenceEqual(values));
        if (same >= 0)
            row.Refuse(ShopifyColumns.OptionValue(1), $"the variant has the same options as that of row {_variantRows[same]}");
        _variants.Add(new VariantDraft(sku, values, row.Price(ShopifyColumns.VariantPrice), row.Quantity(ShopifyColumns.VariantQuantity)));
        _variantRows.Add(row.Number);
    }

    private void AddImage(ShopifyRow row, string image)
    {
        if (!ImageAddress.IsValid(image))
            row.Refuse(ShopifyColumns.ImageSource, "must be an https address");
        else if (!_images.Contains(image))
            _images.Add(image);
    }

    private static IReadOnlyList<string> ReadCategory(ShopifyRow first)
    {
        var column = first[ShopifyColumns.ProductCategory].Length > 0 ? ShopifyColumns.ProductCategory : ShopifyColumns.Type;
        var path = CategoryPath.Parse(first[column]);
        if (CategoryPath.Check(path) is { } wrong)
            first.Refuse(column, wrong);
        return path;
    }

    private static List<string> ReadTags(ShopifyRow first)
    {
        var tags = first[ShopifyColumns.Tags].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        if (tags.Count > CatalogLimits.Tags || tags.Exists(t => t.Length > CatalogLimits.Tag))
            first.Refuse(ShopifyColumns.Tags, $"must be at most {CatalogLimits.Tags} tags of at most {CatalogLimits.Tag} characters");
        return tags;
    }

    private static bool ReadPublished(ShopifyRow first)
    {
        var status = first[ShopifyColumns.Status].ToLowerInvariant();
        if (status is not ("" or "active" or "draft" or "archived"))
            first.Refuse(ShopifyColumns.Status, "must be active, draft or archived");
        return first.Flag(ShopifyColumns.Published, otherwise: true) && status is ("" or "active");
    }
}
