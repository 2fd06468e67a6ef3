using Argosy.Ordering.Features.Dispatch;
using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Features.Orders;

/// <summary>Takes down that the customer wants out; the workflow does the rest.</summary>
internal static class CancelOrderRequest
{
    private const int Attempts = 5;

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
        for (var attempt = 1; ; attempt++)
        {
            var order = await context.Orders.SingleOrDefaultAsync(order => order.Id == id && order.CustomerId == customer.Value, cancellationToken);
            if (order is null)
                return OrderQueries.NotFound.ToProblem();
            if (!order.TryRequestCancel(clock.GetUtcNow()))
                return TooLate.ToProblem();
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                signals.Cancel(id);
                return Results.Accepted($"/api/orders/{id}", new AcceptedOrder(id, order.Number, order.Status));
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // The workflow moved the order meanwhile: decide again on what it is now.
                context.ChangeTracker.Clear();
            }
        }
    }
}
