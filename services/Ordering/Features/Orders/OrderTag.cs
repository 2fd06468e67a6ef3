using System.Globalization;
using Argosy.Ordering.Domain;
using Microsoft.Net.Http.Headers;

namespace Argosy.Ordering.Features.Orders;

/// <summary>The ETag of an order is its version.</summary>
internal static class OrderTag
{
    public static EntityTagHeaderValue Of(Order order) => new($"\"{order.Version.ToString(CultureInfo.InvariantCulture)}\"");

    /// <summary>Whether the client has this very version already.</summary>
    public static bool IsKnown(HttpRequest request, Order order) =>
        request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Compare(Of(order), useStrongComparison: false));
}
