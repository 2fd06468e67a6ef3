namespace Argosy.Catalog.Domain;

/// <summary>The code a variant is known by in every service; it stands in addresses, so it is kept simple.</summary>
internal static class Sku
{
    public const string Rule = "must be 1 to 64 letters, digits, dots, hyphens or underscores";

    public static bool IsValid(string? sku) =>
        sku is { Length: > 0 and <= CatalogLimits.Sku } && sku.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && sku is not ("." or "..");
}
