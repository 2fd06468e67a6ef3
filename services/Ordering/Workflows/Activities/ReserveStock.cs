using Argosy.Contracts.Inventory;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Infrastructure.Clients;
using Dapr.Workflow;

namespace Argosy.Ordering.Workflows.Activities;

/// <summary>Holds all lines of an order or none. Undone by <see cref="ReleaseStock"/>.</summary>
internal sealed class ReserveStock(InventoryClient inventory) : WorkflowActivity<ReserveStockInput, StepResult>
{
    public override async Task<StepResult> RunAsync(WorkflowActivityContext context, ReserveStockInput input) =>
        await inventory.ReserveAsync(input.OrderId, new Contracts.Inventory.ReserveStock(input.Lines, (int)input.Lease.TotalSeconds), CancellationToken.None) switch
        {
            null => StepResult.Refused(CancelReason.ReservationExpired),
            { Reserved: true } => StepResult.Done,
            _ => StepResult.Refused(CancelReason.OutOfStock),
        };
}

/// <param name="Lease">After it the stock is released by itself, which happens only when nobody works on the order any more.</param>
internal sealed record ReserveStockInput(Guid OrderId, IReadOnlyList<ReservationLine> Lines, TimeSpan Lease);
