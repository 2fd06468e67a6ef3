namespace Argosy.Catalog.Domain;

/// <summary>A stamp that changes in the same transaction as what it stands for; cached answers are valid while their stamps are current.
/// A random value rather than a counter: concurrent writers need not read it first.</summary>
internal sealed class Revision
{
    /// <summary>Stands for products, variants, prices and categories.</summary>
    public const string Content = "content";

    /// <summary>Stands for stock levels.</summary>
    public const string Stock = "stock";

    public required string Name { get; init; }

    public Guid Value { get; set; }
}
