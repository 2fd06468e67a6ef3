using Dapr.DurableTask.Protobuf;

namespace Dapr.Workflow.Worker;

/// <summary>Which patches an execution runs with: those its history names, and those it meets for the first time outside a replay.</summary>
internal sealed class PatchTracker
{
    private readonly Dictionary<string, bool> _decided = new(StringComparer.Ordinal);
    private readonly List<string> _new = [];

    public PatchTracker(IEnumerable<HistoryEvent> past)
    {
        foreach (var version in past.Select(entry => entry.WorkflowStarted?.Version).OfType<WorkflowVersion>())
        {
            foreach (var patch in version.Patches)
                _decided[patch] = true;
        }
    }

    /// <summary>Patches to be noted in the history of this turn.</summary>
    public IReadOnlyList<string> New => _new;

    public bool Decide(string patch, bool isReplaying)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(patch);
        if (_decided.TryGetValue(patch, out var patched))
            return patched;
        _decided[patch] = !isReplaying;
        if (!isReplaying)
            _new.Add(patch);
        return !isReplaying;
    }
}
