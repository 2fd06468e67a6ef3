namespace Argosy.Catalog.Domain;

/// <summary>Something the shop sells, in one or more variants. Changed only as a whole, through a validated <see cref="ProductDraft"/>.</summary>
internal sealed class Product
{
    private readonly List<Variant> _variants = [];

    private Product()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>The handle in the address of its page; unique.</summary>
    public string Slug { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>Plain text; paragraphs are separated by line feeds.</summary>
    public string Description { get; private set; } = "";

    public string Brand { get; private set; } = "";

    public string CategorySlug { get; private set; } = "";

    public List<string> Tags { get; private set; } = [];

    /// <summary>What the values of the variants mean, for example <c>Colour</c>, <c>Size</c>; empty for a product without choice.</summary>
    public List<string> OptionNames { get; private set; } = [];

    /// <summary>Addresses of pictures; the drawn one when the draft named none.</summary>
    public List<string> Images { get; private set; } = [];

    /// <summary>An unpublished product is known to operators only.</summary>
    public bool IsPublished { get; private set; }

    /// <summary>The lowest price of its variants, in minor units: what lists are sorted by.</summary>
    public long PriceFrom { get; private set; }

    /// <summary>Grows with each change; also guards against lost updates.</summary>
    public long Version { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public IReadOnlyList<Variant> Variants => _variants;

    public static Product Create(Guid id, ProductDraft draft, string drawnImage, DateTimeOffset now)
    {
        var product = new Product { Id = id, Slug = draft.Slug, CreatedAt = now.UtcDateTime };
        product.Take(draft, drawnImage);
        product.Version = 1;
        return product;
    }

    /// <summary>Makes the product what the draft says, except its slug.</summary>
    /// <returns>False when it already was that: importing a file twice changes nothing.</returns>
    public bool Apply(ProductDraft draft, string drawnImage)
    {
        if (Matches(draft, drawnImage))
            return false;
        Take(draft, drawnImage);
        Version++;
        return true;
    }

    private bool Matches(ProductDraft draft, string drawnImage) =>
        Title == draft.Title
        && Description == draft.Description
        && Brand == draft.Brand
        && CategorySlug == draft.CategorySlug
        && IsPublished == draft.IsPublished
        && Tags.SequenceEqual(draft.Tags)
        && OptionNames.SequenceEqual(draft.OptionNames)
        && Images.SequenceEqual(ImagesOf(draft, drawnImage))
        && _variants.OrderBy(v => v.Position).Select(v => v.Key).SequenceEqual(draft.Variants.Select((v, i) => v.Key(i)));

    private void Take(ProductDraft draft, string drawnImage)
    {
        Title = draft.Title;
        Description = draft.Description;
        Brand = draft.Brand;
        CategorySlug = draft.CategorySlug;
        IsPublished = draft.IsPublished;
        Tags = [.. draft.Tags];
        OptionNames = [.. draft.OptionNames];
        Images = ImagesOf(draft, drawnImage);
        PriceFrom = draft.Variants.Min(v => v.Price);
        _variants.RemoveAll(known => draft.Variants.All(v => v.Sku != known.Sku));
        for (var position = 0; position < draft.Variants.Count; position++)
        {
            var wanted = draft.Variants[position];
            var known = _variants.Find(v => v.Sku == wanted.Sku);
            if (known is null)
                _variants.Add(new Variant(Id, wanted, position));
            else
                known.Take(wanted, position);
        }
    }

    private static List<string> ImagesOf(ProductDraft draft, string drawnImage) => draft.Images.Count > 0 ? [.. draft.Images] : [drawnImage];
}
