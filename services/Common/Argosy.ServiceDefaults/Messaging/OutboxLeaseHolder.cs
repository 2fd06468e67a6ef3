using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>This replica's hold on the right to publish. It is kept while there is work and a moment longer, and given up when idle, so
/// that whichever replica has events gets on with them.</summary>
internal sealed class OutboxLeaseHolder(string owner, TimeProvider time)
{
    /// <summary>How long an idle holder keeps the lease: bursts need not fetch it again each time.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    // The clocks of replicas differ a little; the holder stops before others may begin.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    private DateTimeOffset _until = DateTimeOffset.UnixEpoch;
    private DateTimeOffset _lastUse;

    public bool IsHeld => Remaining > TimeSpan.Zero;

    /// <summary>True when the last <see cref="AcquireAsync"/> found the lease not held.</summary>
    public bool IsFresh { get; private set; }

    /// <summary>For how long publishing is safe.</summary>
    public TimeSpan Remaining => _until - Margin - time.GetUtcNow();

    /// <summary>A name no two living processes share, but that a restarted replica has again: it need not wait for its own old lease.</summary>
    public static string OwnerOf(IConfiguration configuration) =>
        $"{Environment.MachineName}:{configuration["APP_PORT"] ?? Environment.ProcessId.ToString()}";

    /// <summary>Takes or prolongs the lease where needed; false while another replica has it.</summary>
    public async Task<bool> AcquireAsync(ArgosyDbContext context, CancellationToken cancellationToken)
    {
        IsFresh = !IsHeld;
        var now = time.GetUtcNow();
        _lastUse = now;
        if (Remaining > Duration / 2)
            return true;
        var (nowMs, until) = (now.ToUnixTimeMilliseconds(), now + Duration);
        var untilMs = until.ToUnixTimeMilliseconds();
        var rows = await context.OutboxLeases
            .Where(lease => lease.Id == OutboxLease.OnlyId && (lease.Owner == owner || lease.ExpiresAt < nowMs))
            .ExecuteUpdateAsync(lease => lease.SetProperty(row => row.Owner, owner).SetProperty(row => row.ExpiresAt, untilMs), cancellationToken);
        _until = rows == 1 ? until : DateTimeOffset.UnixEpoch;
        return rows == 1;
    }

    /// <summary>Gives the lease up when it has not been needed for a moment.</summary>
    public Task ReleaseIdleAsync(ArgosyDbContext context, CancellationToken cancellationToken) =>
        IsHeld && time.GetUtcNow() - _lastUse >= Linger ? ReleaseAsync(context, cancellationToken) : Task.CompletedTask;

    public async Task ReleaseAsync(ArgosyDbContext context, CancellationToken cancellationToken)
    {
        if (!IsHeld)
            return;
        _until = DateTimeOffset.UnixEpoch;
        await context.OutboxLeases
            .Where(lease => lease.Owner == owner)
            .ExecuteUpdateAsync(lease => lease.SetProperty(row => row.ExpiresAt, 0), cancellationToken);
    }
}
