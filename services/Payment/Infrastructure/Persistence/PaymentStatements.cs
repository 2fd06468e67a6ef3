using Argosy.Payment.Domain;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Payment.Infrastructure.Persistence;

/// <summary>Statements on payments that are not a change of the aggregate, valid on SQLite and PostgreSQL alike.</summary>
internal static class PaymentStatements
{
    /// <summary>Writes the order's first row; false when it has one.</summary>
    public static async Task<bool> TryInsertAsync(this PaymentContext context, OrderPayment payment, CancellationToken cancellationToken) =>
        await context.Database.ExecuteSqlInterpolatedAsync($"""
            INSERT INTO payments (order_id, state, order_number, payment_method, return_url, amount, currency, version, created_at, updated_at, undo_attempts)
            VALUES ({payment.OrderId}, {PaymentStateName.Of(payment.State)}, {payment.OrderNumber}, {payment.PaymentMethod}, {payment.ReturnUrl},
                    {payment.Amount}, {payment.Currency}, {payment.Version}, {payment.CreatedAt.ToUnixTimeMilliseconds()}, {payment.UpdatedAt.ToUnixTimeMilliseconds()}, {payment.UndoAttempts})
            ON CONFLICT (order_id) DO NOTHING
            """, cancellationToken) == 1;

    public static Task<OrderPayment?> FindPaymentAsync(this PaymentContext context, Guid orderId, CancellationToken cancellationToken) =>
        context.Payments.SingleOrDefaultAsync(payment => payment.OrderId == orderId, cancellationToken);

    public static Task<OrderPayment> GetPaymentAsync(this PaymentContext context, Guid orderId, CancellationToken cancellationToken) =>
        context.Payments.SingleAsync(payment => payment.OrderId == orderId, cancellationToken);

    /// <summary>Payments that are given up and of which the gateway should have been told by now.</summary>
    public static Task<List<Guid>> FindToUndoAsync(this PaymentContext context, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        context.Payments
            .Where(payment => payment.UndoDueAt <= now)
            .OrderBy(payment => payment.UndoDueAt)
            .Take(limit)
            .Select(payment => payment.OrderId)
            .ToListAsync(cancellationToken);
}
