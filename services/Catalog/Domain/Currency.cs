namespace Argosy.Catalog.Domain;

/// <summary>The shop's one currency.</summary>
internal static class Currency
{
    public const string Code = "EUR";
}
