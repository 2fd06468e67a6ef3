namespace Argosy.Catalog;

/// <summary>Settings of the catalog.</summary>
internal sealed class CatalogOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Catalog";

    /// <summary>Whether an empty catalog is filled with the demo products at its first start. Switched off where a real shop runs.</summary>
    public bool SeedDemoProducts { get; set; } = true;
}
