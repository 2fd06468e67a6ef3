using System.Net;
using Argosy.Notification.Tests.Support;

namespace Argosy.Notification.Tests.Features;

/// <summary>What becomes of mails when someone they need is away.</summary>
public sealed class DeliveryTests(DeliveryTests.MailServerFixture fixture) : IClassFixture<DeliveryTests.MailServerFixture>
{
    private const int Attempts = 2;
    private readonly Office _office = fixture.Office;
    private readonly Guid _order = Guid.CreateVersion7();

    [Fact]
    public async Task Mail_RefusedEveryTime_IsGivenUpAndSaidSo()
    {
        _office.Ordering.MailsToRefuse = Attempts;

        await _office.CancelAsync(_order, "ada", "out-of-stock");

        await _office.EventuallyAsync("the failure is published", () => Task.FromResult(_office.Ordering.GivenUp.Any(failure => failure.OrderId == _order.ToString())));
        Assert.Equal("cancelled", _office.Ordering.GivenUp.Single(failure => failure.OrderId == _order.ToString()).Step);
        Assert.Equal(1, await _office.MailsInStateAsync("failed"));
        Assert.Equal(Attempts, HandedOver());
        Assert.DoesNotContain(OrderingStandIn.EmailOf(_order), _office.Replicas[0].Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("argosy_mails_given_up", await _office.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_RefusedOnce_IsSentLater()
    {
        var sent = await _office.MailsInStateAsync("sent");
        _office.Ordering.MailsToRefuse = 1;

        await _office.SubmitAsync(_order, "ada");

        await _office.MailStateBecomesAsync("sent", sent + 1);
        Assert.Equal(2, HandedOver());
        Assert.Contains("argosy_mails_sent", await _office.MetricsAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(_office.Ordering.GivenUp, failure => failure.OrderId == _order.ToString());
    }

    [Fact]
    public async Task Ordering_Away_CountsAsNoAttempt()
    {
        var sent = await _office.MailsInStateAsync("sent");
        var asked = _office.Ordering.AskedInVain;
        _office.Ordering.IsDown = true;
        await _office.SubmitAsync(_order, "ada");
        await _office.EventuallyAsync("Ordering was asked in vain as often as a mail may be tried", () => Task.FromResult(_office.Ordering.AskedInVain >= asked + Attempts));

        _office.Ordering.IsDown = false;

        await _office.MailStateBecomesAsync("sent", sent + 1);
        Assert.Equal(1, HandedOver());
    }

    [Fact]
    public async Task Mailbox_WhereMailsAreDelivered_IsNotAvailable()
    {
        using var answer = await _office.GetAsync("api/system/mailbox", "ada");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("mailbox-not-available", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // The link in a mail names its order.
    private int HandedOver() => _office.Ordering.Mails.Count(mail => mail.Contains(_order.ToString(), StringComparison.Ordinal));

    /// <summary>An office whose mails go to a server.</summary>
    public sealed class MailServerFixture : IAsyncLifetime
    {
        internal Office Office { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Office = await Office.OpenAsync(email: null, settings: [("Mail__FirstPauseSeconds", "1"), ("Mail__MaximumAttempts", $"{Attempts}")]);

        public ValueTask DisposeAsync() => Office.DisposeAsync();
    }
}
