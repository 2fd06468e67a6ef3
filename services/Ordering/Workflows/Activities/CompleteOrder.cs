using Argosy.Contracts.Ordering;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Features.Orders;
using Argosy.Ordering.Infrastructure.Persistence;
using Dapr.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Workflows.Activities;

/// <summary>Closes an order that has been delivered. One that came back meanwhile stays what it is.</summary>
internal sealed class CompleteOrder(OrderingContext context, OrderWatch watch, TimeProvider clock) : WorkflowActivity<Guid, object?>
{
    public override async Task<object?> RunAsync(WorkflowActivityContext activity, Guid orderId)
    {
        var order = await context.Orders.SingleAsync(order => order.Id == orderId);
        var now = clock.GetUtcNow();
        if (!order.TryApply(OrderTrigger.Complete, now))
            return null;
        context.Publish(new OrderCompleted(order.Id.ToString(), order.Number, order.CustomerId, now));
        await context.SaveChangesAsync();
        watch.Changed(orderId);
        return null;
    }
}
