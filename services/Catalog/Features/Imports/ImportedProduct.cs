using Argosy.Catalog.Domain;

namespace Argosy.Catalog.Features.Imports;

/// <summary>A product read from a file.</summary>
/// <param name="Row">Its first row.</param>
/// <param name="CategoryPath">Names from the top category down.</param>
/// <param name="VariantRows">The rows of the draft's variants, in the same order.</param>
internal sealed record ImportedProduct(int Row, IReadOnlyList<string> CategoryPath, ProductDraft Draft, IReadOnlyList<int> VariantRows);
