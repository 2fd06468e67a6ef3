namespace Argosy.Catalog.Domain;

/// <summary>What variants are called.</summary>
internal static class VariantTitle
{
    /// <summary>The only variant of a product without options.</summary>
    public const string Only = "Standard";

    public static string Of(IReadOnlyCollection<string> optionValues) => optionValues.Count == 0 ? Only : string.Join(" / ", optionValues);

    /// <summary>The title of a line in a basket or an order.</summary>
    public static string WithProduct(string productTitle, IReadOnlyCollection<string> optionValues) =>
        optionValues.Count == 0 ? productTitle : $"{productTitle}, {Of(optionValues)}";
}
