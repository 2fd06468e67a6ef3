using Argosy.Ordering.Domain;
using Argosy.Ordering.Workflows.Activities;
using Dapr.Workflow;

namespace Argosy.Ordering.Workflows;

/// <summary>Leads an order from submission to its end. Each step that must be undone notes how before it is tried, since a step whose answer is
/// lost may have happened; a refusal, a failure or the customer's wish undoes what is noted, last step first.</summary>
internal sealed class OrderWorkflow : Workflow<OrderWorkflowInput, OrderStatus>
{
    /// <summary>Raised when the customer wants out.</summary>
    public const string CancelEvent = "cancel";

    public override async Task<OrderStatus> RunAsync(WorkflowContext context, OrderWorkflowInput input)
    {
        // Listens from the start, so that a wish that comes while another step runs is met right after it.
        var cancelled = context.WaitForExternalEventAsync<CancelRequested>(CancelEvent);
        var compensations = new Compensations(context);

        var reason = await FulfilAsync(context, input, compensations, cancelled);

        context.SetCustomStatus("undoing");
        await compensations.RunAsync(new CancelOrderInput(input.OrderId, reason));
        return OrderStatus.Cancelled;
    }

    /// <summary>Goes forward as far as it gets; returns why the order ends without delivery.</summary>
    private static async Task<string> FulfilAsync(WorkflowContext context, OrderWorkflowInput input, Compensations compensations, Task<CancelRequested> cancelled)
    {
        try
        {
            context.SetCustomStatus("reserving-stock");
            compensations.Add(nameof(ReleaseStock), input.OrderId);
            var reserved = await context.CallActivityAsync<StepResult>(nameof(ReserveStock), new ReserveStockInput(input.OrderId, input.Lines), Retries.Forward);
            if (reserved.Refusal is { } shortage)
                return shortage;
            if (cancelled.IsCompleted)
                return (await cancelled).Reason;

            context.SetCustomStatus("confirming");
            var confirmed = await context.CallActivityAsync<StepResult>(nameof(ConfirmOrder), input.OrderId, Retries.Forward);
            if (confirmed.Refusal is { } refusal)
                return refusal;

            context.SetCustomStatus("awaiting-shipment");
            return (await cancelled).Reason;
        }
        catch (WorkflowTaskFailedException)
        {
            return CancelReason.ProcessingFailed;
        }
    }
}

/// <summary>Payload of <see cref="OrderWorkflow.CancelEvent"/>.</summary>
/// <param name="Reason">A code of <see cref="CancelReason"/>.</param>
internal sealed record CancelRequested(string Reason);
