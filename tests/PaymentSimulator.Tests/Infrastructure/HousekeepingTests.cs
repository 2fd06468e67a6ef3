using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Infrastructure.Persistence;
using Argosy.PaymentSimulator.Tests.Support;
using Argosy.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Argosy.PaymentSimulator.Tests.Infrastructure;

public sealed class HousekeepingTests
{
    [Fact]
    public async Task Housekeeping_OldRows_AreForgottenUnlessStillToBeDelivered()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero));
        var now = clock.GetUtcNow();
        await using var books = await Books.OpenAsync();
        await books.AddAsync(
            NewCall("old", now.AddDays(-8)), NewCall("young", now.AddDays(-6)),
            Books.NewEvent("old", now.AddDays(-31), dueAt: null), Books.NewEvent("waiting", now.AddDays(-31), dueAt: now), Books.NewEvent("young", now.AddDays(-29), dueAt: null));
        using var housekeeping = new Housekeeping(books.Scopes, clock, NullLogger<Housekeeping>.Instance);
        await housekeeping.StartAsync(CancellationToken.None);

        await Eventually.HoldsAsync("the old rows are forgotten", async () =>
        {
            clock.Advance(TimeSpan.FromHours(1));
            return await books.WithAsync(context => context.IdempotentCalls.CountAsync()) == 1 && await books.WithAsync(context => context.Events.CountAsync()) == 2;
        });

        await housekeeping.StopAsync(CancellationToken.None);
        Assert.Equal("young", await books.WithAsync(context => context.IdempotentCalls.Select(call => call.Key).SingleAsync()));
        Assert.Equal(["waiting", "young"], await books.WithAsync(context => context.Events.OrderBy(item => item.PaymentIntentId).Select(item => item.PaymentIntentId).ToListAsync()));
    }

    private static IdempotentCall NewCall(string key, DateTimeOffset at) =>
        new() { Key = key, Path = "/v1/refunds", Fingerprint = "", Status = 200, Body = "{}", RequestId = "req_1", CreatedAt = at };
}
