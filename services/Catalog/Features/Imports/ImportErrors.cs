namespace Argosy.Catalog.Features.Imports;

/// <summary>What is wrong with a file. Reading goes on after an error, so that one look shows them all, up to a number that still helps.</summary>
internal sealed class ImportErrors
{
    public const int Maximum = 100;

    private readonly List<ImportError> _all = [];

    public IReadOnlyList<ImportError> All => _all;

    public bool Any => _all.Count > 0;

    public bool IsFull => _all.Count >= Maximum;

    public void Add(int row, string? column, string reason)
    {
        if (!IsFull)
            _all.Add(new ImportError(row, column, reason));
    }
}
