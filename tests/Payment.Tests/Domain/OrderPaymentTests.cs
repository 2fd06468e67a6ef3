using Argosy.Contracts.Payment;
using Argosy.Payment.Domain;

namespace Argosy.Payment.Tests.Domain;

public sealed class OrderPaymentTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string> EveryPair() =>
        new(from state in Enum.GetValues<PaymentState>()
            from status in Enum.GetValues<GatewayStatus>()
            select (state.ToString(), status.ToString()));

    /// <summary>Whatever the gateway says in whatever state: the ledger and the state agree, and money it has for a payment that is given up is
    /// always to be undone.</summary>
    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Learn_AnythingInAnyState_KeepsBooksAndState(string state, string status)
    {
        var payment = InState(Enum.Parse<PaymentState>(state), out var entries);
        var seen = new GatewayPayment("pi_1", Enum.Parse<GatewayStatus>(status), "https://bank.example", "card_declined");

        var verdict = payment.Judge(seen);
        var steps = payment.Learn(seen, Now);
        entries.AddRange(steps.SelectMany(step => LedgerEntry.Of(step, payment, Now)));

        Assert.Equal(entries.Count, entries.DistinctBy(entry => (entry.Step, entry.Account)).Count());
        Assert.Equal(payment.State == PaymentState.Authorized ? 1999 : 0, Balance(entries, LedgerAccount.AuthorizationHold));
        Assert.Equal(payment.State == PaymentState.Captured ? 1999 : 0, Balance(entries, LedgerAccount.Cash));
        Assert.Equal(0, entries.Sum(entry => entry.Amount));
        var givenUp = payment.State is PaymentState.Voided or PaymentState.Declined;
        var binds = seen.Status is GatewayStatus.RequiresAction or GatewayStatus.Held or GatewayStatus.Captured;
        Assert.Equal(givenUp && binds, payment.UndoDueAt is not null);
        Assert.Equal(givenUp && binds, verdict == Verdict.MustBeUndone);
        if (verdict == Verdict.Contradicts)
            Assert.Empty(steps);
        Assert.Empty(payment.Learn(seen, Now));
    }

    [Fact]
    public void Learn_CapturedWhilePending_TakesBothSteps() =>
        Assert.Equal([PaymentTrigger.Authorize, PaymentTrigger.Capture], Pending().Learn(new GatewayPayment("pi_1", GatewayStatus.Captured), Now).Select(step => step.Trigger));

    [Fact]
    public void Learn_ForeignIntent_ChangesNothing()
    {
        var payment = InState(PaymentState.RequiresAction, out _);
        var version = payment.Version;

        Assert.Empty(payment.Learn(new GatewayPayment("pi_other", GatewayStatus.Held), Now));

        Assert.Equal((Verdict.Foreign, version, "pi_1"), (payment.Judge(new GatewayPayment("pi_other", GatewayStatus.Held)), payment.Version, payment.IntentId));
    }

    [Fact]
    public void Learn_CancelledByTheGateway_TellsWhyWhereasOurOwnWishDoesNot()
    {
        Assert.Equal("authorization_expired", Assert.Single(InState(PaymentState.Authorized, out _).Learn(new GatewayPayment("pi_1", GatewayStatus.Canceled, FailureCode: "authorization_expired"), Now)).FailureCode);
        Assert.Null(Assert.Single(InState(PaymentState.Authorized, out _).GiveUp(Now, Now)).FailureCode);
    }

    [Fact]
    public void SettleUndo_AnotherIntentHasBecomeKnown_StaysDue()
    {
        var payment = Pending();
        payment.GiveUp(Now, Now);
        payment.Learn(new GatewayPayment("pi_held", GatewayStatus.Held), Now);

        payment.SettleUndo("pi_fence", Now);
        Assert.NotNull(payment.UndoDueAt);

        payment.SettleUndo("pi_held", Now);
        Assert.Null(payment.UndoDueAt);
    }

    [Fact]
    public void TryClaimUndo_Due_IsOneWorkersOnly()
    {
        var payment = Pending();
        payment.GiveUp(Now.AddSeconds(10), Now);

        Assert.False(payment.TryClaimUndo(Now.AddSeconds(20), Now));
        Assert.True(payment.TryClaimUndo(Now.AddSeconds(20), Now.AddSeconds(10)));
        Assert.False(payment.TryClaimUndo(Now.AddSeconds(30), Now.AddSeconds(11)));
    }

    private static OrderPayment Pending() => OrderPayment.Begin(Guid.NewGuid(), new PaymentTerms("A-1", 1999, "EUR", "pm_card_visa", "https://shop.example"), Now);

    private static OrderPayment InState(PaymentState state, out List<LedgerEntry> entries)
    {
        var payment = Pending();
        List<PaymentStep> steps = [];
        foreach (var status in state switch
        {
            PaymentState.RequiresAction => [GatewayStatus.RequiresAction],
            PaymentState.Authorized => [GatewayStatus.Held],
            PaymentState.Captured => [GatewayStatus.Held, GatewayStatus.Captured],
            PaymentState.Refunded => [GatewayStatus.Held, GatewayStatus.Captured, GatewayStatus.Refunded],
            PaymentState.Declined => [GatewayStatus.Declined],
            PaymentState.Voided => [GatewayStatus.Held, GatewayStatus.Canceled],
            _ => Array.Empty<GatewayStatus>(),
        })
            steps.AddRange(payment.Learn(new GatewayPayment("pi_1", status), Now));
        Assert.Equal(state, payment.State);
        entries = [.. steps.SelectMany(step => LedgerEntry.Of(step, payment, Now))];
        return payment;
    }

    private static long Balance(List<LedgerEntry> entries, string account) => entries.Where(entry => entry.Account == account).Sum(entry => entry.Amount);
}
