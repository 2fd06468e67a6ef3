using Argosy.Ordering.Domain;

namespace Argosy.Ordering.Features.Orders;

/// <summary>The answer to a submitted order; the same for every repetition of the request.</summary>
internal sealed record AcceptedOrder(Guid OrderId, string Number, OrderStatus Status)
{
    public static AcceptedOrder Of(Guid orderId, string number) => new(orderId, number, OrderStatus.Submitted);
}
