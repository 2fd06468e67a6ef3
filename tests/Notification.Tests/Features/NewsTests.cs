using Argosy.Contracts.Ordering;
using Argosy.Notification.Tests.Support;
using Microsoft.AspNetCore.SignalR;

namespace Argosy.Notification.Tests.Features;

public sealed class NewsTests(OfficeFixture fixture)
{
    private readonly Office _office = fixture.Office;

    [Fact]
    public async Task Steps_OfAnOrder_ReachItsOwnerAndNobodyElse()
    {
        var (own, foreign) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var ada = await _office.ConnectAsync("ada");
        await using var bob = await _office.ConnectAsync("bob");
        var now = new DateTimeOffset(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);

        await _office.SubmitAsync(own, "ada");
        await _office.PublishAsync(new OrderAwaitingPaymentAction(own.ToString(), "ABCDE-12345", "ada", now, now.AddMinutes(15)));
        await _office.ConfirmAsync(own, "ada");
        await _office.PublishAsync(new OrderShipped(own.ToString(), "ABCDE-12345", "ada", "DHL", "00340", now));
        await _office.PublishAsync(new OrderCompleted(own.ToString(), "ABCDE-12345", "ada", now));
        await _office.CancelAsync(own, "ada", "out-of-stock");
        foreach (var status in new[] { "submitted", "awaiting-payment-action", "confirmed", "shipped", "completed", "cancelled" })
            await ada.HearsAsync(own, status);
        await _office.SubmitAsync(foreign, "bob");
        await bob.HearsAsync(foreign, "submitted");

        Assert.All(bob.Heard, news => Assert.Equal(foreign.ToString(), news.OrderId));
        Assert.All(ada.Heard, news => Assert.Equal(own.ToString(), news.OrderId));
        var cancelled = ada.Heard.Single(news => news.Status == "cancelled");
        Assert.Equal(("ABCDE-12345", "out-of-stock"), (cancelled.Number, cancelled.Reason));
        Assert.Equal(now, ada.Heard.Single(news => news.Status == "shipped").At);
    }

    [Fact]
    public async Task Browser_ConnectingAMomentTooLate_HearsItAllTheSame()
    {
        var order = Guid.CreateVersion7();
        await using var first = await _office.ConnectAsync("cleo");
        await _office.SubmitAsync(order, "cleo");
        await first.HearsAsync(order, "submitted");

        await using var second = await _office.ConnectAsync("cleo");

        await second.HearsAsync(order, "submitted");
    }

    [Fact]
    public async Task Connection_WithoutIdentityOrToken_IsRefused()
    {
        await using var nameless = new Browser(_office.Hub(0, Office.Token));
        await using var stranger = new Browser(_office.Hub(0, ("X-Argosy-Customer", "ada")));
        foreach (var connection in new[] { nameless, stranger })
        {
            var refusal = await Assert.ThrowsAsync<HttpRequestException>(connection.StartAsync);
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refusal.StatusCode);
        }
    }

    [Theory]
    [InlineData("SendAsync")]
    [InlineData("OnConnectedAsync")]
    [InlineData("orderChanged")]
    public async Task Hub_OffersNoMethods(string method)
    {
        await using var browser = await _office.ConnectAsync("dora");
        await Assert.ThrowsAsync<HubException>(() => browser.InvokeAsync(method));
    }
}
