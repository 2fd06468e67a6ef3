using System.Diagnostics;
using HdrHistogram;

namespace Argosy.Cli.Benchmarks;

/// <summary>A distribution of durations.</summary>
internal sealed class Latencies
{
    // Microseconds, up to a minute, to three digits.
    private readonly LongHistogram _microseconds = new(60_000_000, 3);

    public long Count => _microseconds.TotalCount;

    /// <param name="started">A <see cref="Stopwatch"/> timestamp.</param>
    public void RecordSince(long started) =>
        _microseconds.RecordValue(Math.Clamp((long)Stopwatch.GetElapsedTime(started).TotalMicroseconds, 1, 60_000_000));

    public void Add(Latencies other) => _microseconds.Add(other._microseconds);

    public double Milliseconds(double percentile) => Count == 0 ? 0 : _microseconds.GetValueAtPercentile(percentile) / 1000.0;
}
