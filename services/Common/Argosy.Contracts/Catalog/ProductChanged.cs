namespace Argosy.Contracts.Catalog;

/// <summary>A product was created or changed; carries its whole public state, so that consumers need not ask back.</summary>
/// <param name="Version">Grows with each change of the product; an older version than the one known is stale.</param>
public sealed record ProductChanged(
    string ProductId,
    long Version,
    string Slug,
    string Title,
    string Category,
    IReadOnlyList<ProductChangedVariant> Variants) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "product-changed";
}

/// <summary>A variant of a changed product.</summary>
/// <param name="InitialStock">Units to start with when Inventory does not know the SKU yet; ignored later.</param>
public sealed record ProductChangedVariant(string Sku, string Title, Money Price, int InitialStock);
