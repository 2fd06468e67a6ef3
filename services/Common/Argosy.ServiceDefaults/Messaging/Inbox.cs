using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>Makes handlers idempotent: an event is noted in the same transaction as its effects.</summary>
internal static class Inbox
{
    public static async Task HandleOnceAsync(ArgosyDbContext context, string messageId, string subscriber, TimeProvider time, Func<Task> handler, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The same statement on every provider. A concurrent delivery of the same event waits here for the first one's end.
        var isNew = await context.Database.ExecuteSqlAsync(
            $"INSERT INTO inbox (message_id, subscriber, received_at) VALUES ({messageId}, {subscriber}, {time.GetUtcNow().ToUnixTimeMilliseconds()}) ON CONFLICT DO NOTHING",
            cancellationToken) == 1;
        if (!isNew)
            return;
        await handler();
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
