namespace Argosy.Catalog.Infrastructure.Cache;

/// <summary>The state of the catalog that an answer was made from.</summary>
/// <param name="Content">Stamp of products and categories.</param>
/// <param name="Stock">Stamp of the stock levels.</param>
internal sealed record CatalogRevision(Guid Content, Guid Stock);
