using Argosy.Notification.Tests.Support;

namespace Argosy.Notification.Tests.Features;

/// <summary>What becomes of mails when someone they need is away.</summary>
public sealed class DeliveryTests
{
    private static readonly (string, string)[] Impatient = [("Mail__FirstPauseSeconds", "1"), ("Mail__MaximumAttempts", "2")];

    [Fact]
    public async Task Mail_RefusedEveryTime_IsGivenUpAndSaidSo()
    {
        await using var office = await Office.OpenAsync(email: null, settings: Impatient);
        office.Ordering.MailsToRefuse = 2;
        var order = Guid.CreateVersion7();

        await office.CancelAsync(order, "ada", "out-of-stock");

        await office.MailStateBecomesAsync("failed", 1);
        await office.EventuallyAsync("the failure is published", () => Task.FromResult(office.Ordering.GivenUp.Count == 1));
        Assert.Equal((order.ToString(), "cancelled"), (office.Ordering.GivenUp.Single().OrderId, office.Ordering.GivenUp.Single().Step));
        Assert.Equal(2, office.Ordering.Mails.Count);
        Assert.DoesNotContain(OrderingStandIn.EmailOf(order), office.Replicas[0].Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("argosy_mails_given_up", await office.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_RefusedOnce_IsSentLater()
    {
        await using var office = await Office.OpenAsync(email: null, settings: Impatient);
        office.Ordering.MailsToRefuse = 1;

        await office.SubmitAsync(Guid.CreateVersion7(), "ada");

        await office.MailStateBecomesAsync("sent", 1);
        Assert.Equal(2, office.Ordering.Mails.Count);
        Assert.Contains("argosy_mails_sent", await office.MetricsAsync(), StringComparison.Ordinal);
        Assert.Empty(office.Ordering.GivenUp);
    }

    [Fact]
    public async Task Ordering_Away_CountsAsNoAttempt()
    {
        await using var office = await Office.OpenAsync(email: null, settings: [("Mail__FirstPauseSeconds", "1"), ("Mail__MaximumAttempts", "1")]);
        office.Ordering.IsDown = true;
        await office.SubmitAsync(Guid.CreateVersion7(), "ada");
        await office.EventuallyAsync("asking Ordering has failed", () => Task.FromResult(office.Replicas[0].Output.Contains("Sending mails failed", StringComparison.Ordinal)));

        office.Ordering.IsDown = false;

        await office.MailStateBecomesAsync("sent", 1);
        Assert.Single(office.Ordering.Mails);
    }

    [Fact]
    public async Task Mailbox_WhereMailsAreDelivered_IsNotAvailable()
    {
        await using var office = await Office.OpenAsync(email: null);
        using var answer = await office.GetAsync("api/system/mailbox", "ada");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("mailbox-not-available", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
