using Argosy.Ordering.Features.Dispatch;
using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;

namespace Argosy.Ordering.Features.Orders;

/// <summary>Takes down that the customer wants out; the workflow does the rest.</summary>
internal static class CancelOrderRequest
{
    private static readonly DomainError TooLate = DomainError.Conflict("order-not-cancellable", "The order can no longer be cancelled.");

    public static void MapCancelOrder(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/orders/{id:guid}/cancel", HandleAsync)
            .WithName("CancelOrder").WithSummary("Asks to cancel an order that is not shipped yet").WithTags("Orders")
            .Produces<AcceptedOrder>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HandleAsync(
        Guid id, CustomerId customer, OrderingContext context, WorkflowSignals signals, TimeProvider clock, CancellationToken cancellationToken)
    {
        var order = await context.ChangeAsync(
            orders => orders.Where(order => order.Id == id && order.CustomerId == customer.Value), order => order.TryRequestCancel(clock.GetUtcNow()), cancellationToken);
        if (order is not { } change)
            return OrderQueries.NotFound.ToProblem();
        if (!change.Changed)
            return TooLate.ToProblem();
        signals.Cancel(id);
        return Results.Accepted($"/api/orders/{id}", new AcceptedOrder(id, change.Order.Number, change.Order.Status));
    }
}
