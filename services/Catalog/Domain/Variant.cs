namespace Argosy.Catalog.Domain;

/// <summary>One buyable form of a product, known everywhere by its SKU.</summary>
internal sealed class Variant
{
    private Variant()
    {
    }

    internal Variant(Guid productId, VariantDraft draft, int position)
    {
        ProductId = productId;
        Sku = draft.Sku;
        InitialStock = draft.InitialStock;
        Take(draft, position);
    }

    public string Sku { get; private set; } = "";

    public Guid ProductId { get; private set; }

    public int Position { get; private set; }

    /// <summary>One value per option name of the product.</summary>
    public List<string> OptionValues { get; private set; } = [];

    /// <summary>Gross price in minor units of EUR.</summary>
    public long Price { get; private set; }

    /// <summary>Units Inventory starts with when it meets the SKU first. What is available later is in <see cref="StockLevel"/>.</summary>
    public int InitialStock { get; private set; }

    /// <summary>What tells two states of a variant apart. The initial stock is not part of it: it has no effect on a known SKU.</summary>
    internal VariantKey Key => new(Sku, Position, Price, VariantTitle.Of(OptionValues));

    internal void Take(VariantDraft draft, int position)
    {
        Position = position;
        Price = draft.Price;
        if (!OptionValues.SequenceEqual(draft.OptionValues))
            OptionValues = [.. draft.OptionValues];
    }
}

/// <summary>A variant's content, comparable.</summary>
internal readonly record struct VariantKey(string Sku, int Position, long Price, string Title);
