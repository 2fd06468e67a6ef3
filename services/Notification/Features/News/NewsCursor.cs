namespace Argosy.Notification.Features.News;

/// <summary>Which rows of the table a replica has seen. On PostgreSQL a row may become visible after one with a higher sequence, because
/// its transaction took longer; so holes are remembered and looked at again for a while. A hole that stays empty was a row never written.</summary>
internal sealed class NewsCursor(TimeProvider clock, long start)
{
    /// <summary>Longer than any transaction of ours may take.</summary>
    public static readonly TimeSpan HoleLifetime = TimeSpan.FromSeconds(30);

    /// <summary>A server that was restarted skips numbers by itself; more holes than this are no late rows.</summary>
    public const int MostHoles = 500;

    private readonly SortedDictionary<long, DateTimeOffset> _holes = [];

    /// <summary>The highest sequence seen.</summary>
    public long Highest { get; private set; } = start;

    /// <summary>Sequences below <see cref="Highest"/> that may still turn up.</summary>
    public IReadOnlyCollection<long> Holes => _holes.Keys;

    /// <summary>Notes a row that was read.</summary>
    /// <returns>False when it was seen before.</returns>
    public bool See(long sequence)
    {
        if (sequence <= Highest)
            return _holes.Remove(sequence);
        var now = clock.GetUtcNow();
        for (var missing = Math.Max(Highest + 1, sequence - MostHoles); missing < sequence; missing++)
            _holes[missing] = now;
        Highest = sequence;
        Forget(now);
        return true;
    }

    /// <summary>Gives up holes that have been empty for too long.</summary>
    public void Forget() => Forget(clock.GetUtcNow());

    private void Forget(DateTimeOffset now)
    {
        // Sequences grow with time, so the oldest holes are the first ones.
        while (_holes.Count > 0 && _holes.First() is var oldest && (_holes.Count > MostHoles || now - oldest.Value > HoleLifetime))
            _holes.Remove(oldest.Key);
    }
}
