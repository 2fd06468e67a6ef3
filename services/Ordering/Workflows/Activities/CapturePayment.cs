using Argosy.Ordering.Domain;
using Argosy.Ordering.Infrastructure.Clients;
using Dapr.Workflow;

namespace Argosy.Ordering.Workflows.Activities;

/// <summary>Takes the money that is held. Undone, as the authorization is, by <see cref="VoidPayment"/>.</summary>
internal sealed class CapturePayment(PaymentClient payments) : WorkflowActivity<Guid, StepResult>
{
    public override async Task<StepResult> RunAsync(WorkflowActivityContext context, Guid orderId) =>
        await payments.CaptureAsync(orderId, CancellationToken.None) ? StepResult.Done : StepResult.Refused(CancelReason.PaymentFailed);
}
