namespace Argosy.Catalog.Features.Imports;

/// <summary>The columns of Shopify's product format that the shop reads and writes. Others are ignored.</summary>
internal static class ShopifyColumns
{
    public const string Handle = "Handle";
    public const string Title = "Title";
    public const string Body = "Body (HTML)";
    public const string Vendor = "Vendor";
    public const string ProductCategory = "Product Category";
    public const string Type = "Type";
    public const string Tags = "Tags";
    public const string Published = "Published";
    public const string VariantSku = "Variant SKU";
    public const string VariantQuantity = "Variant Inventory Qty";
    public const string VariantPrice = "Variant Price";
    public const string ImageSource = "Image Src";
    public const string Status = "Status";

    public static readonly IReadOnlyList<string> Required = [Handle, Title, VariantSku, VariantPrice];

    public static string OptionName(int option) => $"Option{option} Name";

    public static string OptionValue(int option) => $"Option{option} Value";
}
