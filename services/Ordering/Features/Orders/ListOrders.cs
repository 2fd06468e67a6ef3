using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Http;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Features.Orders;

internal static class ListOrders
{
    public static void MapListOrders(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/orders", HandleAsync)
            .WithName("ListOrders").WithSummary("The customer's orders, newest first").WithTags("Orders")
            .Produces<Paged<OrderSummary>>();

    private static async Task<Paged<OrderSummary>> HandleAsync(CustomerId customer, PageRequest page, OrderingContext context, CancellationToken cancellationToken)
    {
        var own = context.Orders.AsNoTracking().Where(order => order.CustomerId == customer.Value);
        var orders = await own
            .OrderByDescending(order => order.CreatedAt).ThenByDescending(order => order.Id)
            .Skip(page.Skip)
            .Take(page.PageSize)
            .ToListAsync(cancellationToken);
        return new Paged<OrderSummary>([.. orders.Select(OrderSummary.Of)], page.Page, page.PageSize, await own.CountAsync(cancellationToken));
    }
}
