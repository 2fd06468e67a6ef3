using Argosy.Ordering.Infrastructure.Clients;
using Dapr.Workflow;

namespace Argosy.Ordering.Workflows.Activities;

/// <summary>Lets go of the customer's money, held or taken, and keeps an authorization that is still on its way from taking hold.</summary>
internal sealed class VoidPayment(PaymentClient payments) : WorkflowActivity<Guid, object?>
{
    public override async Task<object?> RunAsync(WorkflowActivityContext context, Guid orderId)
    {
        await payments.VoidAsync(orderId, CancellationToken.None);
        return null;
    }
}
