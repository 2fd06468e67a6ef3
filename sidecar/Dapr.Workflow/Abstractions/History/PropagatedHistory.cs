using System.Diagnostics.CodeAnalysis;

namespace Dapr.Workflow;

/// <summary>History handed down by the caller, oldest ancestor first.</summary>
public sealed class PropagatedHistory(IReadOnlyList<PropagatedHistoryEvent> events)
{
    /// <summary>One entry per ancestor.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> Events { get; } = events ?? throw new ArgumentNullException(nameof(events));

    /// <summary>The apps that took part, each once, in order.</summary>
    public IReadOnlyList<string> GetAppIds() => Events.Select(entry => entry.AppId).Distinct(StringComparer.OrdinalIgnoreCase).ToList();

    /// <summary>The entries of a workflow name, compared without case.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> GetEventsByWorkflowName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Events.Where(entry => entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
    }

    /// <summary>The latest entry of a workflow name.</summary>
    public bool TryGetLastWorkflowEventByName(string name, [NotNullWhen(true)] out PropagatedHistoryEvent? result) =>
        (result = GetEventsByWorkflowName(name) is [.., var last] ? last : null) is not null;

    /// <summary>The entries of an app, compared without case.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> GetByAppId(string appId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(appId);
        return Events.Where(entry => entry.AppId.Equals(appId, StringComparison.OrdinalIgnoreCase)).ToList();
    }

    /// <summary>The entries of an instance.</summary>
    public IReadOnlyList<PropagatedHistoryEvent> GetByInstanceId(string instanceId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        return Events.Where(entry => entry.InstanceId == instanceId).ToList();
    }
}
