namespace Argosy.Payment.Domain;

/// <summary>One side of a posting. The entries of a step sum to zero and are never changed.</summary>
internal sealed class LedgerEntry
{
    public required Guid OrderId { get; init; }

    /// <summary>authorize, capture, void or refund; each is posted once for an order.</summary>
    public required string Step { get; init; }

    /// <summary>One of <see cref="LedgerAccount"/>.</summary>
    public required string Account { get; init; }

    /// <summary>Minor units.</summary>
    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What a step moves, as two entries; none when no money moves with it.</summary>
    public static IEnumerable<LedgerEntry> Of(PaymentStep step, OrderPayment payment, DateTimeOffset now) => (step.Trigger, step.From) switch
    {
        (PaymentTrigger.Authorize, _) => Move("authorize", LedgerAccount.Customer, LedgerAccount.AuthorizationHold, payment, now),
        (PaymentTrigger.Capture, _) => Move("capture", LedgerAccount.AuthorizationHold, LedgerAccount.Cash, payment, now),
        (PaymentTrigger.Void, Contracts.Payment.PaymentState.Authorized) => Move("void", LedgerAccount.AuthorizationHold, LedgerAccount.Customer, payment, now),
        (PaymentTrigger.Refund, _) => Move("refund", LedgerAccount.Cash, LedgerAccount.Customer, payment, now),
        _ => [],
    };

    private static LedgerEntry[] Move(string step, string from, string to, OrderPayment payment, DateTimeOffset now)
    {
        LedgerEntry Entry(string account, long amount) => new() { OrderId = payment.OrderId, Step = step, Account = account, Amount = amount, Currency = payment.Currency, At = now };
        return [Entry(from, -payment.Amount), Entry(to, payment.Amount)];
    }
}
