using Argosy.Contracts.Ordering;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Features.Orders;
using Argosy.Ordering.Infrastructure.Clients;
using Argosy.Ordering.Infrastructure.Persistence;
using Dapr.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Workflows.Activities;

/// <summary>Turns the lease on the stock into a promise and tells the world. Undone by <see cref="ReleaseStock"/> and <see cref="CancelOrder"/>.</summary>
internal sealed class ConfirmOrder(OrderingContext context, InventoryClient inventory, OrderWatch watch, OrderMetrics metrics, TimeProvider clock) : WorkflowActivity<Guid, StepResult>
{
    public override async Task<StepResult> RunAsync(WorkflowActivityContext activity, Guid orderId)
    {
        var order = await context.Orders.SingleAsync(order => order.Id == orderId);
        if (order.Status == OrderStatus.Confirmed)
            return StepResult.Done;
        if (order.CancelRequestedAt is not null)
            return StepResult.Refused(CancelReason.CustomerRequest);
        if (!await inventory.CommitAsync(orderId, CancellationToken.None))
            return StepResult.Refused(CancelReason.ReservationExpired);

        var now = clock.GetUtcNow();
        if (!order.TryApply(OrderTrigger.Confirm, now))
            throw new InvalidOperationException($"Order {orderId} cannot be confirmed while it is {OrderStatusName.Of(order.Status)}.");
        context.Publish(new OrderConfirmed(order.Id.ToString(), order.Number, order.CustomerId, order.Totals.TotalMoney, now));
        await context.SaveChangesAsync();
        watch.Changed(orderId);
        metrics.Confirmed(now - order.CreatedAt);
        return StepResult.Done;
    }
}
