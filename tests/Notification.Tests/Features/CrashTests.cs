using Argosy.Notification.Tests.Support;

namespace Argosy.Notification.Tests.Features;

/// <summary>Exactly one mail per order and step, whatever is killed or repeated.</summary>
public sealed class CrashTests
{
    private const int Orders = 60;

    [Theory]
    [InlineData("notification")]
    [InlineData("sidecar")]
    public async Task Mails_ProcessKilledInTheMiddle_AreAllSentOnce(string victim)
    {
        await using var office = await Office.OpenAsync(settings: [("Mail__LeaseSeconds", "2"), ("Mail__AttemptSeconds", "1"), ("Mail__FirstPauseSeconds", "1")]);
        var process = victim == "sidecar" ? office.Sidecar : office.Replicas[0];
        var ids = Enumerable.Range(0, Orders).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var id in ids)
            await office.SubmitAsync(id, "ada");
        await office.EventuallyAsync("mails are going out", async () => ((int?)(await office.AuditAsync())["notifications"] ?? 0) > 0);

        process.Kill();
        await process.StartAsync();

        await office.MailStateBecomesAsync("sent", Orders, TimeSpan.FromSeconds(45));
        var mails = await office.ReadAsync($"api/system/mailbox?pageSize=100", "ada");
        Assert.Equal(Orders, (int)mails["total"]!);
        Assert.Equal(Orders, mails["items"]!.AsArray().Select(mail => (string)mail!["orderId"]!).Distinct().Count());
        Assert.Equal(0, (int)(await office.AuditAsync())["doubled"]!);
    }

    [Fact]
    public async Task Event_RepeatedInEveryWay_MakesOneRowAndOneMail()
    {
        await using var office = await Office.OpenAsync();
        var order = Guid.CreateVersion7();

        // Each publication gets a CloudEvents id of its own.
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => office.SubmitAsync(order, "ada")));
        await office.MailStateBecomesAsync("sent", 1);
        await office.SubmitAsync(order, "ada");
        await office.ConfirmAsync(order, "ada");
        await office.MailStateBecomesAsync("sent", 2);

        Assert.Equal(["confirmed", "submitted"], (await office.MailsAsync(order, "ada")).Order());
        var audit = await office.AuditAsync();
        Assert.Equal((2, 0, 1), ((int)audit["notifications"]!, (int)audit["doubled"]!, (int)audit["byStep"]!["submitted"]!));
    }
}
