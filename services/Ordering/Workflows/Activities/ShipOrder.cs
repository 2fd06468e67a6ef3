using Argosy.Contracts.Ordering;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Features.Orders;
using Argosy.Ordering.Infrastructure.Clients;
using Argosy.Ordering.Infrastructure.Persistence;
using Dapr.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Workflows.Activities;

/// <summary>Takes the goods out of the stock and tells the world that they travel.</summary>
internal sealed class ShipOrder(OrderingContext context, InventoryClient inventory, OrderWatch watch, OrderMetrics metrics, TimeProvider clock) : WorkflowActivity<Guid, object?>
{
    public override async Task<object?> RunAsync(WorkflowActivityContext activity, Guid orderId)
    {
        var order = await context.Orders.SingleAsync(order => order.Id == orderId);
        if (order.Status == OrderStatus.Shipped)
            return null;
        await inventory.ShipAsync(orderId, CancellationToken.None);

        var now = clock.GetUtcNow();
        if (!order.TryApply(OrderTrigger.Ship, now))
            throw new InvalidOperationException($"Order {orderId} cannot be shipped while it is {OrderStatusName.Of(order.Status)}.");
        context.Publish(new OrderShipped(order.Id.ToString(), order.Number, order.CustomerId, order.Carrier, order.TrackingNumber, now));
        await context.SaveChangesAsync();
        watch.Changed(orderId);
        metrics.Shipped();
        return null;
    }
}
