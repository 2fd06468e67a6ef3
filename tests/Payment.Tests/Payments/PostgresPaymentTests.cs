using Argosy.Contracts.Payment;
using Argosy.Payment.Tests.Support;

namespace Argosy.Payment.Tests.Payments;

/// <summary>The statements that are written by hand, and what happens at the same time, on PostgreSQL.</summary>
public sealed class PostgresPaymentTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Payments_OnPostgres_AreAuthorizedCapturedRefundedAndVoidedOnce()
    {
        await using var till = await Till.OpenAsync(postgres.CreateDatabase());
        var (bought, cancelled, raced, tombstone) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => till.AuthorizeAsync(bought))), result => Assert.Equal(PaymentState.Authorized, result.State));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => till.CaptureAsync(bought))), result => Assert.Equal(PaymentState.Captured, result.State));
        await till.AuthorizeAsync(cancelled);
        till.Stripe.On(cancelled, (_, _) => Task.FromResult<StandInAnswer?>(null));
        await till.VoidAsync(cancelled);
        till.Stripe.Follow(cancelled);
        await Task.WhenAll(till.PutAsync(raced, Till.Request()), till.VoidAsync(raced), till.PutAsync(raced, Till.Request()));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => till.VoidAsync(tombstone))), result => Assert.Equal(PaymentState.Voided, result.State));

        Assert.Equal("cash 1999 customer -1999", await till.BalancesAsync(bought));
        Assert.Equal(PaymentState.Refunded, (await till.VoidAsync(bought)).State);
        await till.UndoneAsync(cancelled);
        await till.UndoneAsync(raced);

        foreach (var orderId in new[] { bought, cancelled, raced })
        {
            Assert.DoesNotContain(till.Stripe.IntentsOf(orderId), intent => intent.Holds);
            Assert.Equal("", await till.BalancesAsync(orderId));
        }
        await till.HeardAsync(bought, "payment-authorized payment-captured payment-refunded");
        var audit = await till.AuditAsync();
        Assert.Equal((0, 0, 0), (audit["ledgerSum"]!.GetValue<int>(), audit["undoing"]!.GetValue<int>(), audit["broken"]!.AsArray().Count));
    }
}
