using Argosy.Contracts.Inventory;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Infrastructure.Clients;
using Dapr.Workflow;

namespace Argosy.Ordering.Workflows.Activities;

/// <summary>Holds all lines of an order or none. Undone by <see cref="ReleaseStock"/>.</summary>
internal sealed class ReserveStock(InventoryClient inventory) : WorkflowActivity<ReserveStockInput, StepResult>
{
    /// <summary>Longer than confirming is retried, so that a reservation ends by itself only when nobody works on its order any more.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    public override async Task<StepResult> RunAsync(WorkflowActivityContext context, ReserveStockInput input) =>
        await inventory.ReserveAsync(input.OrderId, new Contracts.Inventory.ReserveStock(input.Lines, (int)Lease.TotalSeconds), CancellationToken.None) switch
        {
            null => StepResult.Refused(CancelReason.ReservationExpired),
            { Reserved: true } => StepResult.Done,
            _ => StepResult.Refused(CancelReason.OutOfStock),
        };
}

internal sealed record ReserveStockInput(Guid OrderId, IReadOnlyList<ReservationLine> Lines);
