using System.Diagnostics;
using System.Net.Sockets;

namespace Argosy.Cli.Benchmarks;

/// <summary>Keeps a number of clients busy for a while, each on a thread of its own.</summary>
internal static class LoadPhase
{
    public static LoadResult Run(int clients, TimeSpan warmUp, TimeSpan measured, Func<int, ILoadClient> create)
    {
        using var ready = new CountdownEvent(clients);
        var measureFrom = 0L;
        var until = long.MaxValue;
        var results = new (Latencies Latencies, long Failures)[clients];
        var threads = Enumerable.Range(0, clients).Select(index => new Thread(() =>
        {
            using var client = create(index);
            ready.Signal();
            results[index] = Loop(client, ref measureFrom, ref until);
        })
        { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        ready.Wait();
        Volatile.Write(ref measureFrom, Stopwatch.GetTimestamp() + Ticks(warmUp));
        Volatile.Write(ref until, Stopwatch.GetTimestamp() + Ticks(warmUp + measured));
        threads.ForEach(thread => thread.Join());
        var all = new Latencies();
        foreach (var (latencies, _) in results)
            all.Add(latencies);
        return new LoadResult(clients, all.Count / measured.TotalSeconds, all.Milliseconds(50), all.Milliseconds(99), results.Sum(result => result.Failures));
    }

    private static (Latencies, long) Loop(ILoadClient client, ref long measureFrom, ref long until)
    {
        var latencies = new Latencies();
        var failures = 0L;
        while (Stopwatch.GetTimestamp() < Volatile.Read(ref until))
        {
            var started = Stopwatch.GetTimestamp();
            bool succeeded;
            try
            {
                succeeded = client.Turn();
            }
            catch (SocketException)
            {
                succeeded = false;
            }
            if (Volatile.Read(ref measureFrom) is var from && (from == 0 || started < from))
                continue;
            if (succeeded)
                latencies.RecordSince(started);
            else
                failures++;
        }
        return (latencies, failures);
    }

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);
}

/// <summary>One of the clients of a load phase.</summary>
internal interface ILoadClient : IDisposable
{
    /// <returns>False counts as a failure.</returns>
    bool Turn();
}

/// <summary>What a load phase measured; only successes count.</summary>
internal sealed record LoadResult(int Clients, double PerSecond, double P50Milliseconds, double P99Milliseconds, long Failures);
