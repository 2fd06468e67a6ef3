using System.Diagnostics;
using System.Net.Sockets;

namespace Argosy.Cli.Benchmarks;

/// <summary>Orders that come at a steady rate, whether or not those before them are confirmed: what customers feel when the shop is not at its limit.</summary>
internal static class PacedOrders
{
    // Enough that one is always free, as long as confirmation takes less than two seconds.
    private const int ShoppersPerOrderAndSecond = 2;

    /// <param name="perSecond">Orders a second.</param>
    public static PacedResult Run(int perSecond, TimeSpan warmUp, TimeSpan measured, Func<int, Shopper> create)
    {
        var start = Stopwatch.GetTimestamp();
        var warm = (long)(warmUp.TotalSeconds * perSecond);
        var orders = warm + (long)(measured.TotalSeconds * perSecond);
        var next = -1L;
        var confirmed = new Latencies();
        var failures = 0L;
        var threads = Enumerable.Range(0, perSecond * ShoppersPerOrderAndSecond).Select(index => new Thread(() =>
        {
            using var shopper = create(index);
            while (Interlocked.Increment(ref next) is var order && order < orders)
            {
                var due = start + order * Stopwatch.Frequency / perSecond;
                if (due - Stopwatch.GetTimestamp() is > 0 and var early)
                    Thread.Sleep(TimeSpan.FromSeconds((double)early / Stopwatch.Frequency));
                var succeeded = TryBuy(shopper);
                if (order < warm)
                    continue;
                if (!succeeded)
                    Interlocked.Increment(ref failures);
                lock (confirmed)
                {
                    if (succeeded)
                        confirmed.RecordSince(shopper.SubmittedAt);
                }
            }
        })
        { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return new PacedResult(perSecond, confirmed.Milliseconds(50), confirmed.Milliseconds(95), confirmed.Milliseconds(99), failures);
    }

    private static bool TryBuy(Shopper shopper)
    {
        try
        {
            return shopper.Turn();
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <summary>From submitting an order to its confirmation, at a steady rate.</summary>
internal sealed record PacedResult(int OrdersPerSecond, double P50Milliseconds, double P95Milliseconds, double P99Milliseconds, long Failures);
