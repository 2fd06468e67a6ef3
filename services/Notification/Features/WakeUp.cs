namespace Argosy.Notification.Features;

/// <summary>Wakes one waiting loop; calls while it is awake count as one.</summary>
internal sealed class WakeUp : IDisposable
{
    private readonly SemaphoreSlim _calls = new(0, 1);

    public void Call()
    {
        lock (_calls)
        {
            if (_calls.CurrentCount == 0)
                _calls.Release();
        }
    }

    /// <summary>Waits for a call, at most <paramref name="timeout"/>.</summary>
    public Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => _calls.WaitAsync(timeout, cancellationToken);

    public void Dispose() => _calls.Dispose();
}
