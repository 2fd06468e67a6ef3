using Argosy.Contracts;
using Argosy.Contracts.Ordering;
using Argosy.Notification.Domain;
using Argosy.ServiceDefaults.Messaging;

namespace Argosy.Notification.Features.Intake;

/// <summary>Turns the events of orders into notices. They need no inbox: order and step are unique in the table, which covers redeliveries
/// and even a second event about the same step, with one statement instead of a transaction of three.</summary>
internal static class OrderEvents
{
    public static void MapOrderEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapNotice<OrderSubmitted>(order => new Facts(OrderStep.Submitted, order.OrderId, order.Number, order.CustomerId, order.SubmittedAt));
        routes.MapNotice<OrderAwaitingPaymentAction>(order =>
            new Facts(OrderStep.AwaitingPaymentAction, order.OrderId, order.Number, order.CustomerId, order.RequestedAt) { ExpiresAt = order.ExpiresAt });
        routes.MapNotice<OrderConfirmed>(order => new Facts(OrderStep.Confirmed, order.OrderId, order.Number, order.CustomerId, order.ConfirmedAt));
        routes.MapNotice<OrderShipped>(order =>
            new Facts(OrderStep.Shipped, order.OrderId, order.Number, order.CustomerId, order.ShippedAt) { Carrier = order.Carrier, TrackingNumber = order.TrackingNumber });
        routes.MapNotice<OrderCompleted>(order => new Facts(OrderStep.Completed, order.OrderId, order.Number, order.CustomerId, order.CompletedAt));
        routes.MapNotice<OrderCancelled>(order =>
            new Facts(OrderStep.Cancelled, order.OrderId, order.Number, order.CustomerId, order.CancelledAt) { Reason = order.Reason });
    }

    private static void MapNotice<TEvent>(this IEndpointRouteBuilder routes, Func<TEvent, Facts> read) where TEvent : IEvent =>
        routes.MapEvent<TEvent>((message, delivery, cancellationToken) =>
        {
            var services = delivery.Services;
            var notice = read(message).ToNotice(services.GetRequiredService<TimeProvider>().GetUtcNow());
            return services.GetRequiredService<NoticeIntake>().AddAsync(notice, cancellationToken);
        });

    /// <summary>What events about orders have in common, and where they differ.</summary>
    private sealed record Facts(OrderStep Step, string OrderId, string Number, string CustomerId, DateTimeOffset At)
    {
        public string? Reason { get; init; }

        public string? Carrier { get; init; }

        public string? TrackingNumber { get; init; }

        public DateTimeOffset? ExpiresAt { get; init; }

        public OrderNotice ToNotice(DateTimeOffset now) => new()
        {
            OrderId = Guid.Parse(OrderId),
            Number = Number,
            CustomerId = CustomerId,
            Step = Step,
            Reason = Reason,
            Carrier = Carrier,
            TrackingNumber = TrackingNumber,
            ExpiresAt = ExpiresAt,
            At = At,
            ReceivedAt = now,
            MailDueAt = now,
        };
    }
}
