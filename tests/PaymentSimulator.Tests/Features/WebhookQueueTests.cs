using Argosy.PaymentSimulator.Features.Webhooks;
using Argosy.PaymentSimulator.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Tests.Features;

public sealed class WebhookQueueTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Next_OfSeveralPayments_IsTheFirstEventOfEach()
    {
        await using var books = await Books.OpenAsync();
        await books.AddAsync(Books.NewEvent("a", Start, Start.AddMinutes(5)), Books.NewEvent("b", Start, Start));
        await books.AddAsync(Books.NewEvent("a", Start, Start), Books.NewEvent("c", Start, dueAt: null));

        var next = await books.WithAsync(context => context.NextAsync(10, CancellationToken.None));

        Assert.Equal(["b", "a"], next.Select(item => item.PaymentIntentId));
        Assert.Equal(Start.AddMinutes(5), next[1].DueAt);
    }

    [Fact]
    public async Task PutOff_AgainAndAgain_WaitsLongerUpToACapAndGivesUpAfterThreeDays()
    {
        await using var books = await Books.OpenAsync();
        await books.AddAsync(Books.NewEvent("a", Start, Start));
        var now = Start;
        var pauses = new List<TimeSpan>();
        while (await books.WithAsync(context => context.NextAsync(1, CancellationToken.None)) is [var item])
        {
            if (item.DueAt > now)
                pauses.Add(item.DueAt.Value - now);
            // Nobody wants to count three days in steps of half a minute.
            now = item.Attempts < 10 ? item.DueAt!.Value : Start.AddDays(item.Attempts - 9);
            await books.WithAsync(context => context.PutOffAsync(item, now, CancellationToken.None));
        }

        Assert.InRange(pauses[0], TimeSpan.FromMilliseconds(180), TimeSpan.FromMilliseconds(250));
        Assert.InRange(pauses[5], TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(8));
        Assert.All(pauses.Skip(8), pause => Assert.InRange(pause, TimeSpan.FromSeconds(22), TimeSpan.FromSeconds(30)));
        Assert.Equal(Start.AddDays(4), now);
        Assert.Null(await books.WithAsync(context => context.Events.Select(item => item.DeliveredAt).SingleAsync()));
    }
}
