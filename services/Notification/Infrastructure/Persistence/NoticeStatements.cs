using System.Text;
using Argosy.Notification.Domain;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Notification.Infrastructure.Persistence;

/// <summary>Statements on notices, valid on SQLite and PostgreSQL alike.</summary>
internal static class NoticeStatements
{
    private const string Columns = "order_id, number, customer_id, step, reason, carrier, tracking_number, expires_at, at, received_at, mail_state, mail_attempts, mail_due_at";
    private const int ColumnCount = 13;

    /// <summary>Writes new notices, all in one statement; those whose order and step are known already change nothing.</summary>
    /// <returns>How many were new.</returns>
    public static Task<int> AddAsync(this NotificationContext context, IReadOnlyList<OrderNotice> notices, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder($"INSERT INTO notifications ({Columns}) VALUES ");
        var values = new List<object?>(notices.Count * ColumnCount);
        foreach (var notice in notices)
        {
            sql.Append(values.Count == 0 ? "(" : ", (");
            object?[] row =
            [
                notice.OrderId, notice.Number, notice.CustomerId, OrderStepName.Of(notice.Step), notice.Reason, notice.Carrier, notice.TrackingNumber, Time(notice.ExpiresAt),
                Time(notice.At), Time(notice.ReceivedAt), MailStateName.Of(notice.MailState), notice.MailAttempts, Time(notice.MailDueAt),
            ];
            for (var column = 0; column < row.Length; column++)
            {
                sql.Append(column == 0 ? "" : ", ");
                // Written out, because a parameter without a value has no type that PostgreSQL could go by.
                if (row[column] is null)
                {
                    sql.Append("NULL");
                    continue;
                }
                sql.Append('{').Append(values.Count).Append('}');
                values.Add(row[column]);
            }
            sql.Append(')');
        }
        return context.Database.ExecuteSqlRawAsync(sql.Append(" ON CONFLICT DO NOTHING").ToString(), values!, cancellationToken);
    }

    /// <summary>Whether any mail is to be sent. Looked at first, because on SQLite even a claim of nothing waits for the one writer.</summary>
    public static Task<bool> AnyDueAsync(this NotificationContext context, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Notices.AnyAsync(notice => notice.MailDueAt <= now, cancellationToken);

    /// <summary>Takes notices whose mail is due. Whoever takes one has it alone until <paramref name="until"/>.</summary>
    public static async Task<List<OrderNotice>> ClaimDueAsync(this NotificationContext context, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        var (nowColumn, untilColumn) = (now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        // The condition stands twice: PostgreSQL checks only the outer one again after waiting for another replica's claim.
        // Materialized as a list, because EF may not compose anything around a statement that changes data.
        var claimed = await context.Notices.FromSql($"""
            UPDATE notifications SET mail_due_at = {untilColumn}
            WHERE mail_due_at <= {nowColumn} AND sequence IN (
                SELECT sequence FROM notifications WHERE mail_due_at <= {nowColumn} ORDER BY mail_due_at, sequence LIMIT {limit})
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        claimed.Sort((left, right) => left.Sequence.CompareTo(right.Sequence));
        return claimed;
    }

    public static Task MarkSentAsync(this NotificationContext context, IReadOnlyCollection<long> sequences, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Notices.Where(notice => sequences.Contains(notice.Sequence)).ExecuteUpdateAsync(
            set => set
                .SetProperty(notice => notice.MailState, MailState.Sent)
                .SetProperty(notice => notice.MailSentAt, now)
                .SetProperty(notice => notice.MailDueAt, (DateTimeOffset?)null),
            cancellationToken);

    /// <summary>Puts mails off. <paramref name="claimedUntil"/> names the claim: a row that someone else has taken since is left alone.</summary>
    public static Task PostponeAsync(this NotificationContext context, IReadOnlyCollection<long> sequences, DateTimeOffset claimedUntil, int attempts, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        context.Notices.Where(notice => sequences.Contains(notice.Sequence) && notice.MailDueAt == claimedUntil).ExecuteUpdateAsync(
            set => set
                .SetProperty(notice => notice.MailAttempts, attempts)
                .SetProperty(notice => notice.MailDueAt, dueAt),
            cancellationToken);

    /// <returns>False when someone else has the row by now.</returns>
    public static async Task<bool> TryGiveUpAsync(this NotificationContext context, long sequence, DateTimeOffset claimedUntil, int attempts, CancellationToken cancellationToken) =>
        await context.Notices.Where(notice => notice.Sequence == sequence && notice.MailDueAt == claimedUntil).ExecuteUpdateAsync(
            set => set
                .SetProperty(notice => notice.MailState, MailState.Failed)
                .SetProperty(notice => notice.MailAttempts, attempts)
                .SetProperty(notice => notice.MailDueAt, (DateTimeOffset?)null),
            cancellationToken) == 1;

    private static long? Time(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();
}
