using Argosy.Ordering.Domain;
using Argosy.Ordering.Features.Orders;
using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Http;
using Dapr.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Features.Timeline;

internal static class GetTimeline
{
    public static void MapGetTimeline(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/orders/{id:guid}/timeline", HandleAsync)
            .WithName("GetOrderTimeline").WithSummary("What happened to an order, status changes and workflow steps together; for its owner and for operators").WithTags("Orders")
            .Produces<OrderTimeline>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, HttpContext http, OrderingContext context, DaprWorkflowClient workflows, CancellationToken cancellationToken)
    {
        var order = http.Request.IsOperator()
            ? await context.Orders.AsNoTracking().SingleOrDefaultAsync(order => order.Id == id, cancellationToken)
            : await context.FindOwnAsync(id, await CustomerId.BindAsync(http), cancellationToken);
        if (order is null)
            return OrderQueries.NotFound.ToProblem();

        var state = await workflows.GetWorkflowStateAsync(id.ToString(), getInputsAndOutputs: true, cancellationToken);
        var steps = state.Exists ? WorkflowSteps.Of(await workflows.GetInstanceHistoryAsync(id.ToString(), cancellationToken)) : [];
        return Results.Ok(new OrderTimeline(
            order.Id,
            order.Number,
            order.Status,
            state is { Exists: true, IsWorkflowRunning: true } ? state.ReadCustomStatusAs<string>() : null,
            [.. StatusChanges(order).Concat(steps).OrderBy(entry => entry.At)]));
    }

    private static IEnumerable<TimelineEntry> StatusChanges(Order order) =>
        order.History.Select(change => new TimelineEntry(change.At, "status", OrderStatusName.Of(change.Status), change.Reason));
}
