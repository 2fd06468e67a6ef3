using Argosy.Ordering.Infrastructure.Clients;
using Dapr.Workflow;

namespace Argosy.Ordering.Workflows.Activities;

/// <summary>Asks where the payment stands by now; Payment asks the gateway when it does not know. Changes nothing.</summary>
internal sealed class CheckPayment(PaymentClient payments) : WorkflowActivity<Guid, PaymentStep>
{
    public override async Task<PaymentStep> RunAsync(WorkflowActivityContext context, Guid orderId) =>
        PaymentSteps.Of(await payments.GetAsync(orderId, CancellationToken.None));
}
