namespace Argosy.Catalog.Domain;

/// <summary>The whole content of a product as an operator or an import wants it; its makers have validated it.</summary>
internal sealed record ProductDraft
{
    public required string Slug { get; init; }

    public required string Title { get; init; }

    public string Description { get; init; } = "";

    public string Brand { get; init; } = "";

    public required string CategorySlug { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool IsPublished { get; init; } = true;

    public IReadOnlyList<string> OptionNames { get; init; } = [];

    public IReadOnlyList<string> Images { get; init; } = [];

    public required IReadOnlyList<VariantDraft> Variants { get; init; }
}

/// <summary>A wanted variant.</summary>
/// <param name="Price">Minor units of EUR.</param>
internal sealed record VariantDraft(string Sku, IReadOnlyList<string> OptionValues, long Price, int InitialStock)
{
    internal VariantKey Key(int position) => new(Sku, position, Price, VariantTitle.Of(OptionValues));
}
