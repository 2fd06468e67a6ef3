using Argosy.Ordering.Domain;
using Argosy.Ordering.Workflows.Activities;
using Dapr.Workflow;

namespace Argosy.Ordering.Workflows;

/// <summary>Leads an order from submission to its end. Each step that must be undone notes how before it is tried, since a step whose answer is
/// lost may have happened; a refusal, a failure or the customer's wish undoes what is noted, last step first. Once the money is captured there
/// is only forward.</summary>
internal sealed class OrderWorkflow : Workflow<OrderWorkflowInput, OrderStatus>
{
    /// <summary>Raised when the customer wants out.</summary>
    public const string CancelEvent = "cancel";

    /// <summary>Raised when the operator has packed the order.</summary>
    public const string ShipEvent = "ship";

    // Orders from before there were payments go on without one, as they began.
    private const string PaymentPatch = "payment";

    public override async Task<OrderStatus> RunAsync(WorkflowContext context, OrderWorkflowInput input)
    {
        // Listens from the start, so that a wish that comes while another step runs is met right after it.
        var cancelled = context.WaitForExternalEventAsync<CancelRequested>(CancelEvent);
        var compensations = new Compensations(context);

        if (await FulfilAsync(context, input, compensations, cancelled) is { } reason)
        {
            context.SetCustomStatus("undoing");
            await compensations.RunAsync(new CancelOrderInput(input.OrderId, reason));
            return OrderStatus.Cancelled;
        }
        return await DeliverAsync(context, input);
    }

    /// <summary>Goes forward until the money is ours; returns why the order ends before that, null when it does not.</summary>
    private static async Task<string?> FulfilAsync(WorkflowContext context, OrderWorkflowInput input, Compensations compensations, Task<CancelRequested> cancelled)
    {
        try
        {
            context.SetCustomStatus("reserving-stock");
            compensations.Add(nameof(ReleaseStock), input.OrderId);
            var lease = input.PaymentActionWindow + Retries.Margin;
            var reserved = await context.CallActivityAsync<StepResult>(nameof(ReserveStock), new ReserveStockInput(input.OrderId, input.Lines, lease), Retries.Forward);
            if (reserved.Refusal is { } shortage)
                return shortage;
            if (cancelled.IsCompleted)
                return (await cancelled).Reason;

            var isPaid = context.IsPatched(PaymentPatch);
            if (isPaid)
            {
                context.SetCustomStatus("authorizing-payment");
                compensations.Add(nameof(VoidPayment), input.OrderId);
                if (await PaymentAuthorization.RunAsync(context, input, cancelled) is { } unpaid)
                    return unpaid;
            }

            context.SetCustomStatus("confirming");
            var confirmed = await context.CallActivityAsync<StepResult>(nameof(ConfirmOrder), input.OrderId, Retries.Forward);
            if (confirmed.Refusal is { } refusal)
                return refusal;

            context.SetCustomStatus("awaiting-shipment");
            var shipped = context.WaitForExternalEventAsync<object?>(ShipEvent);
            if (await Task.WhenAny(shipped, cancelled) == cancelled)
                return (await cancelled).Reason;

            if (!isPaid)
                return null;
            context.SetCustomStatus("capturing-payment");
            return (await context.CallActivityAsync<StepResult>(nameof(CapturePayment), input.OrderId, Retries.Forward)).Refusal;
        }
        catch (WorkflowTaskFailedException)
        {
            return CancelReason.ProcessingFailed;
        }
    }

    /// <summary>What is left once the customer has paid; nothing of it may be given up.</summary>
    private static async Task<OrderStatus> DeliverAsync(WorkflowContext context, OrderWorkflowInput input)
    {
        context.SetCustomStatus("shipping");
        await context.CallActivityAsync<object?>(nameof(ShipOrder), input.OrderId, Retries.Persistent);
        context.SetCustomStatus("delivering");
        await context.CreateTimer(input.CompletionDelay);
        await context.CallActivityAsync<object?>(nameof(CompleteOrder), input.OrderId, Retries.Persistent);
        return OrderStatus.Completed;
    }
}

/// <summary>Payload of <see cref="OrderWorkflow.CancelEvent"/>.</summary>
/// <param name="Reason">A code of <see cref="CancelReason"/>.</param>
internal sealed record CancelRequested(string Reason);
