namespace Argosy.Catalog.Domain;

/// <summary>A drawn picture. Its id is a hash of what it shows, so an address never changes its content.</summary>
internal sealed record ProductImage(string Id, Guid ProductId, string Svg);
