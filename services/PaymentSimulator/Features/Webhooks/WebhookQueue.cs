using Argosy.PaymentSimulator.Domain;
using Argosy.PaymentSimulator.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Features.Webhooks;

/// <summary>The events that are still to be delivered, on disk.</summary>
internal static class WebhookQueue
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    // As long as Stripe tries.
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    /// <summary>The next event of each payment, the most urgent first, due or not.</summary>
    public static Task<List<SimulatorEvent>> NextAsync(this SimulatorContext context, int limit, CancellationToken cancellationToken) => context.Events.AsNoTracking()
        .Where(item => item.DueAt != null && !context.Events.Any(earlier => earlier.PaymentIntentId == item.PaymentIntentId && earlier.DueAt != null && earlier.Sequence < item.Sequence))
        .OrderBy(item => item.DueAt)
        .Take(limit)
        .ToListAsync(cancellationToken);

    public static async Task MarkDeliveredAsync(this SimulatorContext context, IReadOnlyCollection<SimulatorEvent> arrived, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<long> last = [.. arrived.Where(item => item.Copies <= 1).Select(item => item.Sequence)];
        List<long> again = [.. arrived.Where(item => item.Copies > 1).Select(item => item.Sequence)];
        if (last.Count > 0)
        {
            await context.Events.Where(item => last.Contains(item.Sequence)).ExecuteUpdateAsync(set => set
                .SetProperty(item => item.DueAt, (DateTimeOffset?)null)
                .SetProperty(item => item.DeliveredAt, now), cancellationToken);
        }
        if (again.Count > 0)
        {
            await context.Events.Where(item => again.Contains(item.Sequence)).ExecuteUpdateAsync(set => set
                .SetProperty(item => item.DueAt, now)
                .SetProperty(item => item.Copies, item => item.Copies - 1), cancellationToken);
        }
    }

    public static Task PutOffAsync(this SimulatorContext context, SimulatorEvent item, DateTimeOffset now, CancellationToken cancellationToken)
    {
        DateTimeOffset? due = now - item.CreatedAt > GiveUpAfter ? null : now + PauseAfter(item.Attempts);
        return context.Events.Where(row => row.Sequence == item.Sequence).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.DueAt, due)
            .SetProperty(row => row.Attempts, row => row.Attempts + 1), cancellationToken);
    }

    // Jitter, so that what failed together does not come back together.
    private static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromMilliseconds(Math.Min(250 * Math.Pow(2, Math.Min(attempts, 10)), LongestPause.TotalMilliseconds) * (0.75 + Random.Shared.NextDouble() / 4));
}
