using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Argosy.ServiceDefaults.Errors;
using Microsoft.Extensions.Options;

namespace Argosy.Gateway.Security;

/// <summary>Budgets per address, and for writes also per guest: reads cannot use up what orders need.</summary>
internal sealed class RateLimits : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _reads;
    private readonly PartitionedRateLimiter<IPAddress> _writes;
    private readonly PartitionedRateLimiter<string> _guestWrites;

    public RateLimits(IOptions<GatewayOptions> options)
    {
        var limits = options.Value.RateLimits;
        _reads = Buckets<IPAddress>(limits.ReadsPerSecond);
        _writes = Buckets<IPAddress>(limits.WritesPerSecond);
        _guestWrites = Buckets<string>(limits.GuestWritesPerSecond);
    }

    /// <returns>The refusal when the address has used up its budget.</returns>
    public DomainError? Check(HttpContext context, bool isRead) => Take(isRead ? _reads : _writes, Network(context.Connection.RemoteIpAddress ?? IPAddress.None));

    /// <returns>The refusal when the guest has used up the budget of writes.</returns>
    public DomainError? CheckGuest(string guest) => Take(_guestWrites, guest);

    public void Dispose()
    {
        _reads.Dispose();
        _writes.Dispose();
        _guestWrites.Dispose();
    }

    /// <summary>An IPv6 customer has a whole /64 to choose addresses from, so that is what is counted.</summary>
    internal static IPAddress Network(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private static DomainError? Take<TKey>(PartitionedRateLimiter<TKey> limiter, TKey key)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
            return null;
        return new("too-many-requests", "Too many requests: please slow down.", StatusCodes.Status429TooManyRequests)
        {
            RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1),
        };
    }

    private static PartitionedRateLimiter<TKey> Buckets<TKey>(int perSecond) where TKey : notnull
    {
        // Small budgets refill once a second, large ones ten times: a period must be worth at least one token.
        var slices = perSecond >= 100 ? 10 : 1;
        var settings = new TokenBucketRateLimiterOptions
        {
            TokenLimit = perSecond * 2,
            TokensPerPeriod = perSecond / slices,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / slices),
            QueueLimit = 0,
        };
        return PartitionedRateLimiter.Create<TKey, TKey>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => settings));
    }
}
