namespace Argosy.Ordering.Features.Orders;

/// <summary>Wakes requests that wait for an order to change. Only changes made by this process are heard at once; waiting requests look
/// at the row themselves now and then for those made by another replica.</summary>
internal sealed class OrderWatch
{
    private readonly Dictionary<Guid, List<TaskCompletionSource>> _waiting = [];

    /// <summary>Completes at the next change, or with false when the time is over. Register before reading the row, so that no change is missed.</summary>
    public Registration Register(Guid orderId)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            if (!_waiting.TryGetValue(orderId, out var signals))
                _waiting[orderId] = signals = [];
            signals.Add(signal);
        }
        return new Registration(this, orderId, signal);
    }

    public void Changed(Guid orderId)
    {
        lock (_waiting)
        {
            if (_waiting.Remove(orderId, out var signals))
                signals.ForEach(signal => signal.SetResult());
        }
    }

    private void Forget(Guid orderId, TaskCompletionSource signal)
    {
        lock (_waiting)
        {
            if (_waiting.TryGetValue(orderId, out var signals) && signals.Remove(signal) && signals.Count == 0)
                _waiting.Remove(orderId);
        }
    }

    /// <summary>One waiting request.</summary>
    public readonly struct Registration(OrderWatch watch, Guid orderId, TaskCompletionSource signal) : IDisposable
    {
        public async Task WaitAsync(TimeSpan limit, TimeProvider clock, CancellationToken cancellationToken)
        {
            try
            {
                await signal.Task.WaitAsync(limit, clock, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Time to look at the row again.
            }
        }

        public void Dispose() => watch.Forget(orderId, signal);
    }
}
