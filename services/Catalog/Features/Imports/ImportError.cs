namespace Argosy.Catalog.Features.Imports;

/// <summary>One thing that is wrong with an imported file.</summary>
/// <param name="Row">As spreadsheets count: the header is row 1.</param>
/// <param name="Column">The column's name; null when the row as a whole is meant.</param>
/// <param name="Reason">What is expected, for people.</param>
internal sealed record ImportError(int Row, string? Column, string Reason);
