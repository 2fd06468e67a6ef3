using Argosy.Ordering.Domain;
using Argosy.Ordering.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Features.Audit;

/// <summary>Counts orders, for checks that none was forgotten.</summary>
internal static class OrderingAudit
{
    public static void MapOrderingAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/ordering/audit", TakeAsync).ExcludeFromDescription();

    private static async Task<OrderingAuditReport> TakeAsync(OrderingContext context, CancellationToken cancellationToken)
    {
        var byStatus = await context.Orders.GroupBy(order => order.Status)
            .Select(group => new { Status = group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var notStarted = await context.Orders.CountAsync(order => order.WorkflowStartedAt == null, cancellationToken);
        return new OrderingAuditReport(byStatus.Sum(entry => entry.Count), byStatus.ToDictionary(entry => OrderStatusName.Of(entry.Status), entry => entry.Count), notStarted);
    }
}

/// <summary>How many orders there are.</summary>
/// <param name="NotStarted">Orders whose workflow has not been started yet.</param>
internal sealed record OrderingAuditReport(int Orders, IReadOnlyDictionary<string, int> ByStatus, int NotStarted);
