using Argosy.Contracts.Payment;
using Argosy.Payment.Domain;
using Argosy.Payment.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Payment.Features.Audit;

/// <summary>Compares the ledger with the payments. The two must agree at every moment.</summary>
internal static class PaymentAudit
{
    public static void MapPaymentAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/payment/audit", TakeAsync).ExcludeFromDescription();

    public static async Task<PaymentAuditReport> TakeAsync(PaymentContext context, CancellationToken cancellationToken)
    {
        // One transaction, so that both sides are of the same moment.
        await using var transaction = await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, cancellationToken);
        var payments = await context.Payments
            .GroupBy(payment => new { payment.State, payment.Currency })
            .Select(group => new { group.Key.State, group.Key.Currency, Count = group.Count(), Amount = group.Sum(payment => payment.Amount) })
            .ToListAsync(cancellationToken);
        var balances = await context.Ledger
            .GroupBy(entry => new { entry.Account, entry.Currency })
            .Select(group => new LedgerBalance(group.Key.Account, group.Key.Currency, group.Sum(entry => entry.Amount)))
            .ToListAsync(cancellationToken);
        var undoing = await context.Payments.CountAsync(payment => payment.UndoDueAt != null, cancellationToken);

        long Sum(string currency, PaymentState state) => payments.Where(group => group.Currency == currency && group.State == state).Sum(group => group.Amount);
        var expected = payments.Select(group => group.Currency).Union(balances.Select(balance => balance.Currency))
            .Select(currency => (Currency: currency, Held: Sum(currency, PaymentState.Authorized), Captured: Sum(currency, PaymentState.Captured)))
            .SelectMany(sums => new LedgerBalance[]
            {
                new(LedgerAccount.Customer, sums.Currency, -sums.Held - sums.Captured),
                new(LedgerAccount.AuthorizationHold, sums.Currency, sums.Held),
                new(LedgerAccount.Cash, sums.Currency, sums.Captured),
            });
        return new PaymentAuditReport(
            payments.Sum(group => group.Count),
            payments.GroupBy(group => group.State).ToDictionary(states => PaymentStateName.Of(states.Key), states => states.Sum(group => group.Count)),
            balances.Sum(balance => balance.Balance),
            [.. balances.OrderBy(balance => balance.Currency, StringComparer.Ordinal).ThenBy(balance => balance.Account, StringComparer.Ordinal)],
            undoing,
            [.. NonZero(expected).Except(NonZero(balances)).Union(NonZero(balances).Except(NonZero(expected))).Select(wrong => $"{wrong.Account} {wrong.Currency}").Distinct().Order()]);
    }

    private static IEnumerable<LedgerBalance> NonZero(IEnumerable<LedgerBalance> balances) => balances.Where(balance => balance.Balance != 0);
}

/// <summary>The state of all payments.</summary>
/// <param name="LedgerSum">Of all entries; always 0.</param>
/// <param name="Undoing">Payments that are given up and of which the gateway has not confirmed so yet.</param>
/// <param name="Broken">Accounts whose balance does not agree with the payments; always empty.</param>
internal sealed record PaymentAuditReport(
    int Payments, IReadOnlyDictionary<string, int> ByState, long LedgerSum, IReadOnlyList<LedgerBalance> Balances, int Undoing, IReadOnlyList<string> Broken);

/// <summary>The balance of an account in a currency's minor units.</summary>
internal sealed record LedgerBalance(string Account, string Currency, long Balance);
