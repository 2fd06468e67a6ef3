using System.Globalization;
using Argosy.Catalog.Domain;
using Argosy.ServiceDefaults.Errors;

namespace Argosy.Catalog.Features.Products;

/// <summary>A product's ETag is <c>"version-hash"</c>. The hash covers what is sent, stock included, for caches; the version alone decides
/// about <c>If-Match</c>, so that a sale in the meantime does not get in the way of an operator's edit.</summary>
internal static class ProductETag
{
    private static readonly DomainError Missing = new("if-match-required", "The request must say in If-Match which version it changes.", StatusCodes.Status428PreconditionRequired);
    private static readonly DomainError Mismatch = new("version-mismatch", "The product was changed in the meantime.", StatusCodes.Status412PreconditionFailed);

    /// <summary>Null when the request is about the product's current version.</summary>
    public static DomainError? Check(HttpRequest request, Product product)
    {
        var header = request.Headers.IfMatch.ToString();
        if (header.Length == 0)
            return Missing;
        return header == "*" || header.Split(',').Any(tag => VersionOf(tag.Trim()) == product.Version) ? null : Mismatch;
    }

    private static long? VersionOf(string tag)
    {
        var end = tag.IndexOf('-', StringComparison.Ordinal);
        return tag.StartsWith('"') && end > 1 && long.TryParse(tag.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }
}
