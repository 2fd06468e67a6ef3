using Argosy.Basket.Features.Baskets;
using Argosy.Basket.Features.Orders;
using Argosy.Basket.Infrastructure;
using Argosy.Contracts;
using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.Basket;

/// <summary>What the basket service consists of.</summary>
internal static class BasketSetup
{
    public static WebApplicationBuilder AddBasket(this WebApplicationBuilder builder)
    {
        builder.Services.AddServiceClient<CatalogPrices>(AppIds.Catalog);
        builder.Services.AddSingleton<BasketStore>();
        return builder;
    }

    public static void MapBasket(this WebApplication app)
    {
        app.MapGetBasket();
        app.MapPutItem();
        app.MapOrderSubmitted();
        app.MapSubmittedOrders();
    }
}
