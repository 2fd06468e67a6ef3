using Argosy.Notification.Domain;
using Argosy.Notification.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Notification.Features.Audit;

/// <summary>Counts notices, for checks that every step was told once.</summary>
internal static class NotificationAudit
{
    public static void MapNotificationAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/notification/audit", TakeAsync).ExcludeFromDescription();

    private static async Task<NotificationAuditReport> TakeAsync(NotificationContext context, CancellationToken cancellationToken)
    {
        var groups = await context.Notices.GroupBy(notice => new { notice.Step, notice.MailState })
            .Select(group => new { group.Key.Step, group.Key.MailState, Count = group.Count() })
            .ToListAsync(cancellationToken);
        // The unique index forbids it; counted all the same, since that is what an audit is for.
        var doubled = await context.Notices.GroupBy(notice => new { notice.OrderId, notice.Step }).CountAsync(group => group.Count() > 1, cancellationToken);
        return new NotificationAuditReport(
            groups.Sum(group => group.Count),
            groups.GroupBy(group => group.MailState).ToDictionary(state => MailStateName.Of(state.Key), state => state.Sum(group => group.Count)),
            groups.GroupBy(group => group.Step).ToDictionary(step => OrderStepName.Of(step.Key), step => step.Sum(group => group.Count)),
            doubled);
    }
}

/// <summary>What customers were told.</summary>
/// <param name="ByMailState">Rows by what became of their mail: <c>pending</c>, <c>sent</c>, <c>failed</c>.</param>
/// <param name="Doubled">Orders' steps with more than one row; always 0.</param>
internal sealed record NotificationAuditReport(int Notifications, IReadOnlyDictionary<string, int> ByMailState, IReadOnlyDictionary<string, int> ByStep, int Doubled);
