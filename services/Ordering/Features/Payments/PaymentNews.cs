using Argosy.Contracts.Payment;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Infrastructure.Persistence;
using Argosy.Ordering.Workflows;
using Argosy.ServiceDefaults.Messaging;
using Dapr.Workflow;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Features.Payments;

/// <summary>Wakes the workflows that wait for news of their payment. A workflow that is told twice, or too late, only asks once more.</summary>
internal static class PaymentNews
{
    private static readonly Func<OrderingContext, Guid, CancellationToken, Task<bool>> IsWaiting =
        EF.CompileAsyncQuery((OrderingContext context, Guid id, CancellationToken cancellationToken) =>
            context.Orders.Any(order => order.Id == id && order.Status == OrderStatus.AwaitingPaymentAction));

    public static void MapPaymentNews(this IEndpointRouteBuilder routes)
    {
        routes.MapEvent<PaymentAuthorized>((message, delivery, cancellationToken) => WakeAsync(message.OrderId, delivery, cancellationToken));
        routes.MapEvent<PaymentFailed>((message, delivery, cancellationToken) => WakeAsync(message.OrderId, delivery, cancellationToken));
    }

    private static async Task WakeAsync(string orderId, EventDelivery delivery, CancellationToken cancellationToken)
    {
        var context = delivery.Services.GetRequiredService<OrderingContext>();
        // Most payments are decided in the answer to their authorization, and then nobody waits.
        if (Guid.TryParse(orderId, out var id) && await IsWaiting(context, id, cancellationToken))
            await delivery.Services.GetRequiredService<DaprWorkflowClient>().RaiseEventAsync(orderId, PaymentAuthorization.NewsEvent, null, cancellationToken);
    }
}
