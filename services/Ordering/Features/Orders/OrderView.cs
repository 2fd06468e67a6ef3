using Argosy.Contracts;
using Argosy.Ordering.Domain;
using Argosy.Ordering.Infrastructure.PersonalData;

namespace Argosy.Ordering.Features.Orders;

/// <summary>An order as its owner sees it.</summary>
/// <param name="NextAction">What the customer has to do for the order to go on; null when there is nothing.</param>
/// <param name="Carrier">Who carries it, once it is shipped and as far as that is known.</param>
/// <param name="CancelReason">Stable code of why it was cancelled; null otherwise.</param>
internal sealed record OrderView(
    Guid Id,
    string Number,
    OrderStatus Status,
    IReadOnlyList<OrderLineView> Items,
    Money Subtotal,
    Money Discount,
    Money Shipping,
    Money Tax,
    Money Total,
    DateTimeOffset CreatedAt,
    string Email,
    ShippingAddress ShippingAddress,
    NextAction? NextAction,
    string? Carrier,
    string? TrackingNumber,
    string? CancelReason)
{
    public static OrderView Of(Order order, PersonalDataVault vault) => new(
        order.Id,
        order.Number,
        order.Status,
        [.. order.Lines.Select(line => OrderLineView.Of(line, order.Totals))],
        order.Totals.In(order.Totals.Subtotal),
        order.Totals.In(order.Totals.Discount),
        order.Totals.In(order.Totals.Shipping),
        order.Totals.In(order.Totals.Tax),
        order.Totals.TotalMoney,
        order.CreatedAt,
        vault.OpenEmail(order),
        vault.OpenShippingAddress(order),
        order.PaymentActionUrl is { } url ? new NextAction("redirect", url) : null,
        order.Carrier,
        order.TrackingNumber,
        order.History[^1].Reason);
}

/// <summary>What a customer has to do.</summary>
/// <param name="Type"><c>redirect</c>: visit <paramref name="Url"/>, the bank's page, which leads back to the order.</param>
internal sealed record NextAction(string Type, string Url);

/// <summary>A line of an order.</summary>
internal sealed record OrderLineView(string Sku, string Title, int Quantity, Money UnitPrice, Money LineTotal)
{
    public static OrderLineView Of(OrderLine line, OrderTotals totals) =>
        new(line.Sku, line.Title, line.Quantity, totals.In(line.UnitPrice), totals.In(line.LineTotal));
}

/// <summary>An order in a list: without personal data.</summary>
internal sealed record OrderSummary(Guid Id, string Number, OrderStatus Status, IReadOnlyList<OrderLineView> Items, Money Total, DateTimeOffset CreatedAt)
{
    public static OrderSummary Of(Order order) => new(
        order.Id, order.Number, order.Status, [.. order.Lines.Select(line => OrderLineView.Of(line, order.Totals))], order.Totals.TotalMoney, order.CreatedAt);
}
