namespace Argosy.ServiceDefaults;

/// <summary>Pauses between attempts that double up to a cap, with jitter so that replicas do not return in step.</summary>
internal sealed class Backoff(TimeSpan? first = null, TimeSpan? cap = null)
{
    private readonly TimeSpan _first = first ?? TimeSpan.FromMilliseconds(100);
    private readonly TimeSpan _cap = cap ?? TimeSpan.FromSeconds(10);
    private int _attempts;

    /// <summary>The pause before the next attempt.</summary>
    public TimeSpan Next()
    {
        var full = Math.Min(_first.TotalMilliseconds * Math.Pow(2, Math.Min(_attempts++, 20)), _cap.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(full * (0.75 + Random.Shared.NextDouble() / 4));
    }

    public Task WaitAsync(TimeProvider time, CancellationToken cancellationToken) => Task.Delay(Next(), time, cancellationToken);

    public void Reset() => _attempts = 0;
}
