using Dapr.DurableTask.Protobuf;

namespace Argosy.Sidecar.Workflows;

/// <summary>An event on its way into an instance.</summary>
/// <param name="entry">The event.</param>
/// <param name="key">Where it is stored; null while it is only in memory.</param>
/// <param name="executionId">The execution it is for; empty for any.</param>
internal sealed class InboxEntry(HistoryEvent entry, string? key = null, string executionId = "")
{
    private readonly TaskCompletionSource _safe = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HistoryEvent Event { get; } = entry;

    public string ExecutionId { get; } = executionId;

    public string? Key { get; set; } = key;

    /// <summary>Ends once the event survives the death of the process: stored in the inbox, taken in by a saved turn, or known to be of no use.</summary>
    public Task Safe => _safe.Task;

    public void MarkSafe() => _safe.TrySetResult();
}
