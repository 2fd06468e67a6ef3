using Argosy.Ordering.Domain;
using Argosy.Ordering.Workflows.Activities;
using Dapr.Workflow;

namespace Argosy.Ordering.Workflows;

/// <summary>The part of the workflow that gets a payment authorized. When the bank wants to see the customer first, it waits for news of the
/// payment, asks by itself at growing intervals because news may be lost, and gives up when the customer's time is over.</summary>
internal static class PaymentAuthorization
{
    /// <summary>Raised when there is news of the payment; what they are is asked, so that neither late nor doubled news can mislead.</summary>
    public const string NewsEvent = "payment-news";

    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <returns>Why the order cannot go on, null when it can.</returns>
    public static async Task<string?> RunAsync(WorkflowContext context, OrderWorkflowInput input, Task<CancelRequested> cancelled)
    {
        var step = await context.CallActivityAsync<PaymentStep>(nameof(Activities.AuthorizePayment), new AuthorizePaymentInput(input.OrderId, input.PaymentActionWindow), Retries.Forward);
        var deadline = context.CurrentUtcDateTime + input.PaymentActionWindow;
        var pause = FirstLook;
        while (step.IsOpen)
        {
            context.SetCustomStatus("awaiting-payment");
            var left = deadline - context.CurrentUtcDateTime;
            if (left <= TimeSpan.Zero)
                return CancelReason.PaymentActionExpired;

            using var over = new CancellationTokenSource();
            var news = context.WaitForExternalEventAsync<object?>(NewsEvent, over.Token);
            var timer = context.CreateTimer(pause < left ? pause : left, over.Token);
            var first = await Task.WhenAny(news, timer, cancelled);
            // Not CancelAsync: a workflow may wait for nothing but what the engine brings.
            over.Cancel();
            if (first == cancelled)
                return (await cancelled).Reason;
            if (first == timer)
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            step = await context.CallActivityAsync<PaymentStep>(nameof(CheckPayment), input.OrderId, Retries.Forward);
        }
        return step.Refusal;
    }
}

/// <summary>Where a payment stands for its order.</summary>
/// <param name="IsOpen">Undecided: the bank waits for the customer, or the gateway for the bank.</param>
/// <param name="Refusal">Why it will never be paid, a code of <see cref="CancelReason"/>; null when it is, or is still open.</param>
internal sealed record PaymentStep(bool IsOpen, string? Refusal);
