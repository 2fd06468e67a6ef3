using Argosy.Contracts.Ordering;
using Argosy.Contracts.Payment;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Features.Orders;
using Argosy.Ordering.Infrastructure.Clients;
using Argosy.Ordering.Infrastructure.PersonalData;
using Argosy.Ordering.Infrastructure.Persistence;
using Dapr.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Workflows.Activities;

/// <summary>Has the money held, and sends the customer to the bank when the bank wants that. Undone by <see cref="VoidPayment"/>.</summary>
internal sealed class AuthorizePayment(OrderingContext context, PaymentClient payments, PersonalDataVault vault, OrderWatch watch, TimeProvider clock)
    : WorkflowActivity<AuthorizePaymentInput, PaymentStep>
{
    public override async Task<PaymentStep> RunAsync(WorkflowActivityContext activity, AuthorizePaymentInput input)
    {
        var order = await context.Orders.SingleAsync(order => order.Id == input.OrderId);
        var request = new Contracts.Payment.AuthorizePayment(order.Number, order.Totals.TotalMoney, vault.OpenPaymentToken(order), $"{order.Origin}/orders/{order.Id}");
        var payment = await payments.AuthorizeAsync(order.Id, request, CancellationToken.None);
        if (payment is { State: PaymentState.RequiresAction, ActionUrl: { } url })
            await SendToBankAsync(order, url, input.Window);
        return PaymentSteps.Of(payment);
    }

    private async Task SendToBankAsync(Order order, string url, TimeSpan window)
    {
        var now = clock.GetUtcNow();
        // False in a repetition: the customer has been sent already.
        if (!order.TryAwaitPaymentAction(url, now))
            return;
        context.Publish(new OrderAwaitingPaymentAction(order.Id.ToString(), order.Number, order.CustomerId, now, now + window));
        await context.SaveChangesAsync();
        watch.Changed(order.Id);
    }
}

/// <param name="Window">How long the customer may take to answer the bank.</param>
internal sealed record AuthorizePaymentInput(Guid OrderId, TimeSpan Window);
