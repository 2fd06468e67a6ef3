namespace Argosy.Contracts.Catalog;

/// <summary>A product is no longer sold.</summary>
/// <param name="Version">Grows with each change of the product.</param>
public sealed record ProductRemoved(string ProductId, long Version, IReadOnlyList<string> Skus) : IEvent
{
    /// <inheritdoc/>
    public static string Topic => "product-removed";
}
