using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Worker;

/// <summary>Events raised for an execution: given to the longest waiting code, or kept until code asks. Names are compared without case.</summary>
internal sealed class ExternalEvents
{
    private readonly Dictionary<string, Queue<TaskCompletionSource<HistoryEvent>>> _waiting = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HistoryEvent> _kept = [];

    /// <summary>Events nobody has asked for yet, oldest first.</summary>
    public IReadOnlyList<HistoryEvent> Kept => _kept;

    public Task<HistoryEvent> NextAsync(string name, CancellationToken cancellationToken)
    {
        var index = _kept.FindIndex(entry => entry.EventRaised.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
        {
            var early = _kept[index];
            _kept.RemoveAt(index);
            return Task.FromResult(early);
        }
        var waiter = new TaskCompletionSource<HistoryEvent>();
        if (cancellationToken.CanBeCanceled)
            cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        if (!_waiting.TryGetValue(name, out var queue))
            _waiting[name] = queue = new();
        queue.Enqueue(waiter);
        return waiter.Task;
    }

    public void Raise(HistoryEvent entry)
    {
        if (_waiting.TryGetValue(entry.EventRaised.Name, out var queue))
        {
            while (queue.TryDequeue(out var waiter))
            {
                if (waiter.TrySetResult(entry))
                    return;
            }
        }
        _kept.Add(entry);
    }
}
