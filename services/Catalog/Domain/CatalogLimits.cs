namespace Argosy.Catalog.Domain;

/// <summary>How large things may be, whoever brings them in.</summary>
internal static class CatalogLimits
{
    public const int Title = 200;
    public const int Description = 20_000;
    public const int Brand = 100;
    public const int CategoryName = 80;
    public const int CategorySlug = 160;
    public const int CategoryDepth = 4;
    public const int Tag = 60;
    public const int Tags = 30;
    public const int Options = 3;
    public const int OptionText = 80;
    public const int ImageAddress = 500;
    public const int Images = 20;
    public const int Sku = 64;
    public const int Variants = 100;

    /// <summary>100,000.00 EUR.</summary>
    public const long Price = 10_000_000;

    public const int Stock = 1_000_000;
}
