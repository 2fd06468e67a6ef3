using Argosy.Contracts;
using Argosy.Contracts.Ordering;
using Argosy.Notification.Domain;
using Argosy.Notification.Features.Mails.Templates;

namespace Argosy.Notification.Tests.Mails;

public sealed class OrderMailTests
{
    private const string Evil = "<script>alert(\"1\")</script> & 'x'";
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 10, 5, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Submitted", "We have your order")]
    [InlineData("AwaitingPaymentAction", "Please confirm your payment")]
    [InlineData("Confirmed", "Your order is confirmed")]
    [InlineData("Shipped", "Your order is on its way")]
    [InlineData("Completed", "Your order is complete")]
    [InlineData("Cancelled", "Your order is cancelled")]
    public void Mail_OfEachStep_NamesOrderLinesAndTotal(string step, string subject)
    {
        var mail = OrderMail.Of(Notice(Enum.Parse<OrderStep>(step)), Contact(), "https://shop.example/orders/1");

        Assert.Equal($"{subject} (ABCDE-12345)", mail.Subject);
        foreach (var part in new[] { "<html lang=\"en\">", $"<title>{subject} (ABCDE-12345)</title>", $">{subject}</h1>", "Hello Ada,", "Order ABCDE-12345", ">Café Crème<", ">3<", ">€37.50<", ">€1,234.50<", "href=\"https://shop.example/orders/1\"", "scope=\"col\"" })
            Assert.Contains(part, mail.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Mail_WithoutPublicUrl_HasNoLink() =>
        Assert.DoesNotContain("href", OrderMail.Of(Notice(OrderStep.Submitted), Contact(), link: null).Html, StringComparison.Ordinal);

    [Fact]
    public void Mail_WithMarkupInEveryValue_ShowsItAsText()
    {
        var contact = new OrderContact(Guid.NewGuid(), Evil, "a@example.org", Evil, [new OrderEventLine("S", Evil, 1, new Money(1, Evil))], new Money(1, Evil));
        foreach (var step in Enum.GetValues<OrderStep>())
        {
            var html = OrderMail.Of(Notice(step, Evil), contact, $"https://shop.example/orders/\"{Evil}").Html;
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\"1\"", html, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("DHL", "00340", "Carrier: <strong>DHL</strong><br>Tracking number: <strong>00340</strong>")]
    [InlineData("DHL", null, "<p>Carrier: <strong>DHL</strong></p>")]
    [InlineData(null, "00340", "<p>Tracking number: <strong>00340</strong></p>")]
    [InlineData(null, null, "on its way to you.</p>\n<p style")]
    public void Shipped_NamesCarrierAndTrackingNumberWhereKnown(string? carrier, string? tracking, string expected)
    {
        var notice = new OrderNotice { OrderId = Guid.NewGuid(), Number = "N", CustomerId = "c", Step = OrderStep.Shipped, At = Now, ReceivedAt = Now, Carrier = carrier, TrackingNumber = tracking };
        Assert.Contains(expected, OrderMail.Of(notice, Contact(), "https://shop.example/orders/1").Html, StringComparison.Ordinal);
    }

    [Fact]
    public void AwaitingPaymentAction_SaysUntilWhen() =>
        Assert.Contains("confirm the payment by 10:20 UTC on 4 May 2026", OrderMail.Of(Notice(OrderStep.AwaitingPaymentAction), Contact(), null).Html, StringComparison.Ordinal);

    [Theory]
    [InlineData("customer-request", "you asked us to cancel it")]
    [InlineData("out-of-stock", "sold out")]
    [InlineData("payment-declined", "your bank declined the payment")]
    [InlineData("payment-action-expired", "not confirmed in time")]
    [InlineData("one-of-tomorrow", "we could not complete it")]
    public void Cancelled_SaysWhyInWords(string reason, string words)
    {
        var html = OrderMail.Of(Notice(OrderStep.Cancelled, reason), Contact(), null).Html;
        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.DoesNotContain(reason, html, StringComparison.Ordinal);
    }

    private static OrderNotice Notice(OrderStep step, string? text = null) => new()
    {
        OrderId = Guid.NewGuid(),
        Number = "ABCDE-12345",
        CustomerId = "ada",
        Step = step,
        Reason = text,
        Carrier = text,
        TrackingNumber = text,
        ExpiresAt = Now.AddMinutes(15),
        At = Now,
        ReceivedAt = Now,
    };

    private static OrderContact Contact() =>
        new(Guid.NewGuid(), "ABCDE-12345", "ada@example.org", "Ada", [new OrderEventLine("C-1", "Café Crème", 3, new Money(1250, "EUR"))], new Money(123450, "EUR"));
}
