using Argosy.Contracts;

namespace Argosy.Gateway.Routing;

/// <summary>Everything of the services that can be reached from outside. What is not listed does not exist there: events, actors,
/// workflows and internal routes among it.</summary>
internal static class PublicRoutes
{
    public static IReadOnlyList<PublicRoute> All { get; } =
    [
        new("GET", "/api/catalog/products", AppIds.Catalog, Access.Anonymous),
        new("GET", "/api/catalog/products/{idOrSlug}", AppIds.Catalog, Access.Anonymous),
        new("GET", "/api/catalog/categories", AppIds.Catalog, Access.Anonymous),
        new("GET", "/api/catalog/images/{file}", AppIds.Catalog, Access.Anonymous),
        new("POST", "/api/catalog/products", AppIds.Catalog, Access.Operator),
        new("PUT", "/api/catalog/products/{idOrSlug}", AppIds.Catalog, Access.Operator),
        new("DELETE", "/api/catalog/products/{idOrSlug}", AppIds.Catalog, Access.Operator),
        new("POST", "/api/catalog/imports", AppIds.Catalog, Access.Operator) { IsImport = true },
        new("GET", "/api/catalog/export", AppIds.Catalog, Access.Operator),
        new("GET", "/api/basket", AppIds.Basket, Access.Guest),
        new("PUT", "/api/basket/items/{sku}", AppIds.Basket, Access.Guest),
        new("DELETE", "/api/basket/items/{sku}", AppIds.Basket, Access.Guest),
        new("POST", "/api/orders", AppIds.Ordering, Access.Guest),
        new("GET", "/api/orders", AppIds.Ordering, Access.Guest),
        new("GET", "/api/orders/{id}", AppIds.Ordering, Access.Guest),
        new("POST", "/api/orders/{id}/cancel", AppIds.Ordering, Access.Guest),
        new("GET", "/api/orders/{id}/timeline", AppIds.Ordering, Access.Guest),
        new("POST", "/api/orders/{id}/shipments", AppIds.Ordering, Access.Operator),
        new("GET", "/api/payments/config", AppIds.Payment, Access.Anonymous),
        new("POST", "/api/payments/webhooks/stripe", AppIds.Payment, Access.Signed),
        new("GET", "/api/payments/challenges/{id}", AppIds.PaymentSimulator, Access.Guest),
        new("POST", "/api/payments/challenges/{id}", AppIds.PaymentSimulator, Access.Guest),
        new("GET", "/api/payments/simulator", AppIds.PaymentSimulator, Access.Operator),
        new("PUT", "/api/payments/simulator", AppIds.PaymentSimulator, Access.Operator),
        new("GET", "/api/system/mailbox", AppIds.Notification, Access.Guest),
        new("GET", "/api/inventory", AppIds.Inventory, Access.Operator),
        new("GET", "/api/inventory/{sku}", AppIds.Inventory, Access.Guest),
        new("PUT", "/api/inventory/{sku}", AppIds.Inventory, Access.Operator),
    ];

    public static void MapPublicRoutes(this WebApplication app)
    {
        var edge = app.Services.GetRequiredService<Edge>();
        foreach (var route in All)
            app.MapMethods(route.Pattern, [route.Method], context => edge.HandleAsync(context, route));
    }
}
