using Argosy.Notification.Tests.Support;

namespace Argosy.Notification.Tests.Features;

/// <summary>Exactly one mail per order and step, whatever is killed or repeated.</summary>
public sealed class CrashTests(OfficeFixture fixture)
{
    [Fact]
    public async Task Mails_EachProcessKilledInTheMiddle_AreAllSentOnce()
    {
        const int orders = 40;
        await using var office = await Office.OpenAsync(settings: [("Mail__LeaseSeconds", "2"), ("Mail__AttemptSeconds", "1"), ("Mail__FirstPauseSeconds", "1")]);
        var told = 0;
        foreach (var victim in new[] { office.Replicas[0], office.Sidecar })
        {
            for (var i = 0; i < orders; i++)
                await office.SubmitAsync(Guid.CreateVersion7(), "ada");
            await office.EventuallyAsync("events are coming in", async () => (int)(await office.AuditAsync())["notifications"]! > told);

            victim.Kill();
            await victim.StartAsync();

            told += orders;
            await office.MailStateBecomesAsync("sent", told);
        }
        var mails = await office.ReadAsync("api/system/mailbox?pageSize=100", "ada");
        Assert.Equal(told, (int)mails["total"]!);
        Assert.Equal(told, mails["items"]!.AsArray().Select(mail => (string)mail!["orderId"]!).Distinct().Count());
        // Asked without Notification's own rows in between: the folder itself holds one mail for each.
        Assert.Equal(told, office.StoredMails);
        Assert.Equal(0, (int)(await office.AuditAsync())["doubled"]!);
    }

    [Fact]
    public async Task Event_RepeatedInEveryWay_MakesOneRowAndOneMail()
    {
        var office = fixture.Office;
        var order = Guid.CreateVersion7();
        await using var browser = await office.ConnectAsync("repeated");

        // Each publication gets a CloudEvents id of its own.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => office.SubmitAsync(order, "repeated")));
        await office.MailsBecomeAsync(order, "repeated", "submitted");
        await office.SubmitAsync(order, "repeated");
        await office.ConfirmAsync(order, "repeated");
        await office.MailsBecomeAsync(order, "repeated", "confirmed", "submitted");

        Assert.Equal(["submitted", "confirmed"], browser.Heard.Select(news => news.Status));
        Assert.Equal(0, (int)(await office.AuditAsync())["doubled"]!);
    }
}
