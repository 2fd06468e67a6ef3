using Argosy.Contracts.Ordering;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Features.Orders;
using Argosy.Ordering.Infrastructure.Persistence;
using Dapr.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Workflows.Activities;

/// <summary>Ends an order without delivery; the last of the compensations.</summary>
internal sealed class CancelOrder(OrderingContext context, OrderWatch watch, OrderMetrics metrics, TimeProvider clock) : WorkflowActivity<CancelOrderInput, object?>
{
    public override async Task<object?> RunAsync(WorkflowActivityContext activity, CancelOrderInput input)
    {
        var order = await context.Orders.SingleAsync(order => order.Id == input.OrderId);
        if (order.Status == OrderStatus.Cancelled)
            return null;
        var now = clock.GetUtcNow();
        if (!order.TryApply(OrderTrigger.Cancel, now, input.Reason))
            throw new InvalidOperationException($"Order {input.OrderId} cannot be cancelled while it is {OrderStatusName.Of(order.Status)}.");
        context.Publish(new OrderCancelled(order.Id.ToString(), order.Number, order.CustomerId, input.Reason, now));
        await context.SaveChangesAsync();
        watch.Changed(order.Id);
        metrics.Cancelled(input.Reason);
        return null;
    }
}

internal sealed record CancelOrderInput(Guid OrderId, string Reason);
