namespace Argosy.Sidecar.Workflows;

/// <summary>Calls back when workflow timers are due. It keeps no promise of its own: the timers are stored with their instances.</summary>
internal sealed class TimerScheduler : IDisposable
{
    // A timer of the platform cannot be set further ahead than about 49 days.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly PriorityQueue<DueTimer, DateTimeOffset> _queue = new();
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Action<DueTimer> _fire;
    private readonly ITimer _clock;
    private bool _disposed;

    public TimerScheduler(TimeProvider time, Action<DueTimer> fire)
    {
        _time = time;
        _fire = fire;
        _clock = time.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(DueTimer timer)
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _queue.Enqueue(timer, timer.FireAt);
            if (ReferenceEquals(_queue.Peek(), timer))
                Sleep();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _queue.Clear();
        }
        _clock.Dispose();
    }

    private void FireDue()
    {
        var due = new List<DueTimer>();
        lock (_lock)
        {
            if (_disposed)
                return;
            var now = _time.GetUtcNow();
            while (_queue.TryPeek(out var next, out var fireAt) && fireAt <= now)
                due.Add(_queue.Dequeue());
            Sleep();
        }
        foreach (var timer in due)
            _fire(timer);
    }

    private void Sleep()
    {
        if (!_queue.TryPeek(out _, out var fireAt))
            return;
        var wait = fireAt - _time.GetUtcNow();
        _clock.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestSleep ? wait : LongestSleep, Timeout.InfiniteTimeSpan);
    }
}

/// <param name="Generation">Execution of the instance that set it.</param>
/// <param name="TimerId">Id of the timer; null for the scheduled start of the instance.</param>
internal sealed record DueTimer(string InstanceId, ulong Generation, int? TimerId, DateTimeOffset FireAt);
