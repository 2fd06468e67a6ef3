using Argosy.Notification.Tests.Support;

namespace Argosy.Notification.Tests.Features;

public sealed class ReplicaTests
{
    [Fact]
    public async Task TwoReplicas_OnOneDatabase_BothTellAndOneMails()
    {
        const int orders = 12;
        await using var office = await Office.OpenAsync(replicas: 2);
        await using var left = await office.ConnectAsync("ada", replica: 0);
        await using var right = await office.ConnectAsync("ada", replica: 1);

        var ids = Enumerable.Range(0, orders).Select(_ => Guid.CreateVersion7()).ToList();
        await Task.WhenAll(ids.Select(id => office.SubmitAsync(id, "ada")));

        foreach (var id in ids)
        {
            await left.HearsAsync(id, "submitted");
            await right.HearsAsync(id, "submitted");
        }
        await office.MailStateBecomesAsync("sent", orders);
        foreach (var id in ids)
            Assert.Equal(["submitted"], await office.MailsAsync(id, "ada"));
        Assert.Equal(orders, left.Heard.Count);
        Assert.Equal(orders, right.Heard.Count);
    }
}
