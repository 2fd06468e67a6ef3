using Argosy.Basket.Domain;
using Argosy.Basket.Infrastructure;
using Argosy.Contracts.Ordering;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Messaging;

namespace Argosy.Basket.Features.Orders;

/// <summary>Takes what was bought out of the basket: at once when Ordering calls, and when its event comes in any case. Whichever is
/// second changes nothing.</summary>
internal static class OrderSubmittedHandler
{
    public static void MapOrderSubmitted(this IEndpointRouteBuilder routes) =>
        routes.MapEvent<OrderSubmitted>((order, delivery, cancellationToken) => HandleAsync(order, delivery.Services.GetRequiredService<BasketStore>(), cancellationToken));

    public static void MapSubmittedOrders(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/internal/baskets/orders", async (OrderSubmitted order, BasketStore store, CancellationToken cancellationToken) =>
        {
            await HandleAsync(order, store, cancellationToken);
            return Results.NoContent();
        }).ExcludeFromDescription();

    public static async Task HandleAsync(OrderSubmitted order, BasketStore store, CancellationToken cancellationToken)
    {
        var bought = order.Lines.Select(line => new BasketItem(line.Sku, line.Quantity)).ToList();
        var result = await store.UpdateAsync(order.CustomerId, basket => Task.FromResult<Result<Domain.Basket>>(basket.RemoveBought(order.OrderId, bought)), cancellationToken);
        if (result.Error is { } busy)
            throw new ProblemException(busy);
    }
}
