using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Argosy.Inventory.Features.Stock;

/// <summary>The ETag of a SKU's stock is its version.</summary>
internal static class StockTag
{
    public static EntityTagHeaderValue Of(long version) => new($"\"{version}\"");

    /// <summary>The version a client insists on; null when it does not, -1 when no version can match.</summary>
    public static long? Expected(HttpRequest request) => request.GetTypedHeaders().IfMatch switch
    {
        [] => null,
        [var any] when any == EntityTagHeaderValue.Any => null,
        [var tag] when long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) => version,
        _ => -1,
    };
}
