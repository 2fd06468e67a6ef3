using Argosy.Ordering.Infrastructure.Clients;
using Dapr.Workflow;

namespace Argosy.Ordering.Workflows.Activities;

/// <summary>Gives back what the order holds, if anything, and keeps a reservation that is still on its way from taking hold.</summary>
internal sealed class ReleaseStock(InventoryClient inventory) : WorkflowActivity<Guid, object?>
{
    public override async Task<object?> RunAsync(WorkflowActivityContext context, Guid orderId)
    {
        await inventory.ReleaseAsync(orderId, CancellationToken.None);
        return null;
    }
}
