namespace Argosy.Catalog.Features.Imports;

/// <summary>What an import did.</summary>
/// <param name="Unchanged">Products that already were what the file says.</param>
internal sealed record ImportReport(int Created, int Updated, int Unchanged);
