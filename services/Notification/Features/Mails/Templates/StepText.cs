using System.Globalization;
using Argosy.Notification.Domain;

namespace Argosy.Notification.Features.Mails.Templates;

/// <summary>What a mail about a step says.</summary>
/// <param name="Subject">Without the order's number.</param>
/// <param name="Link">What the link to the order is called.</param>
internal sealed record StepText(string Subject, Html Message, string Link)
{
    public static StepText Of(OrderNotice notice) => notice.Step switch
    {
        OrderStep.Submitted => new(
            "We have your order",
            Html.Of($"<p>Thank you for your order. We have it and are getting it ready. You will hear from us as soon as it is confirmed.</p>"),
            "See your order"),
        OrderStep.AwaitingPaymentAction => new(
            "Please confirm your payment",
            Html.Of($"<p>Your bank would like to hear from you before it lets the payment through. Please open your order and confirm the payment{Until(notice.ExpiresAt)}. Without it, the order is cancelled and nothing is charged.</p>"),
            "Confirm your payment"),
        OrderStep.Confirmed => new(
            "Your order is confirmed",
            Html.Of($"<p>Good news: everything you ordered is reserved for you and your payment is authorized. We charge it when your order is shipped.</p>"),
            "See your order"),
        OrderStep.Shipped => new(
            "Your order is on its way",
            Html.Of($"<p>Your order has left us and is on its way to you.</p>{Shipment(notice)}"),
            "Follow your order"),
        OrderStep.Completed => new(
            "Your order is complete",
            Html.Of($"<p>Your order is complete. We hope you enjoy what you bought. Thank you for shopping with us.</p>"),
            "See your order"),
        OrderStep.Cancelled => new(
            "Your order is cancelled",
            Html.Of($"<p>Your order is cancelled: {CancellationText.Of(notice.Reason)}</p><p>You are not charged for it. If anything was charged already, you get it back.</p>"),
            "See your order"),
        _ => throw new InvalidOperationException($"There is no mail about {notice.Step}."),
    };

    private static string Until(DateTimeOffset? time) =>
        time is { } until ? $" by {until.UtcDateTime.ToString("HH:mm 'UTC on' d MMMM yyyy", CultureInfo.InvariantCulture)}" : "";

    private static Html Shipment(OrderNotice notice)
    {
        var carrier = string.IsNullOrWhiteSpace(notice.Carrier) ? Html.None : Html.Of($"Carrier: <strong>{notice.Carrier}</strong>");
        var tracking = string.IsNullOrWhiteSpace(notice.TrackingNumber) ? Html.None : Html.Of($"Tracking number: <strong>{notice.TrackingNumber}</strong>");
        var between = carrier == Html.None || tracking == Html.None ? Html.None : new Html("<br>");
        return carrier == Html.None && tracking == Html.None ? Html.None : Html.Of($"<p>{carrier}{between}{tracking}</p>");
    }
}
