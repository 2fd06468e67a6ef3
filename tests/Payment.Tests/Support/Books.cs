using Argosy.Contracts;
using Argosy.Testing;

namespace Argosy.Payment.Tests.Support;

internal static class Books
{
    /// <summary>What our ledger says of the gateway's money is what the simulator says, once all is settled.</summary>
    public static Task BooksAgreeAsync(this Till till) => Eventually.HoldsAsync("the books agree with the gateway's", async () =>
    {
        var theirs = await till.AuditAsync(AppIds.PaymentSimulator);
        var ours = await till.AuditAsync();
        long Balance(string account) => ours["balances"]!.AsArray().Where(balance => balance!["account"]!.GetValue<string>() == account).Sum(balance => balance!["balance"]!.GetValue<long>());
        Assert.Equal(0, ours["ledgerSum"]!.GetValue<long>());
        Assert.Empty(ours["broken"]!.AsArray());
        Assert.Equal(0, theirs["ordersChargedTwice"]!.GetValue<int>());
        return Balance("authorization-hold") == theirs["authorized"]!.GetValue<long>()
            && Balance("cash") == theirs["captured"]!.GetValue<long>() - theirs["refunded"]!.GetValue<long>();
    });
}
