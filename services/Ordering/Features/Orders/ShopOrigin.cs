using Argosy.Contracts.Http;
using Argosy.Ordering.Domain;
using Microsoft.Extensions.Options;

namespace Argosy.Ordering.Features.Orders;

/// <summary>The shop's own origin as the customer's browser sees it: as a handler's parameter it is bound from the header the gateway sets.</summary>
/// <param name="Value">Scheme, host and port, without a slash at the end.</param>
internal readonly record struct ShopOrigin(string Value)
{
    /// <summary>Called by ASP.NET Core; a request that did not come through the gateway gets the configured origin.</summary>
    public static ValueTask<ShopOrigin> BindAsync(HttpContext context)
    {
        var header = context.Request.Headers[ArgosyHeaders.Origin].ToString();
        var value = header.Length is > 0 and <= Order.OriginLength ? header : context.RequestServices.GetRequiredService<IOptions<OrderingOptions>>().Value.PublicUrl;
        return ValueTask.FromResult(new ShopOrigin(value.TrimEnd('/')));
    }
}
