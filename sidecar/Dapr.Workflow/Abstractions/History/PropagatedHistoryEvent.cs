using System.Diagnostics.CodeAnalysis;

namespace Dapr.Workflow;

/// <summary>What one ancestor had done when it called.</summary>
public sealed class PropagatedHistoryEvent(
    string instanceId,
    string appId,
    string name,
    IReadOnlyList<PropagatedHistoryActivityResult> activities,
    IReadOnlyList<PropagatedHistoryWorkflowResult> childWorkflows)
{
    /// <summary>Its instance id.</summary>
    public string InstanceId { get; } = instanceId ?? throw new ArgumentNullException(nameof(instanceId));

    /// <summary>Its app.</summary>
    public string AppId { get; } = appId ?? throw new ArgumentNullException(nameof(appId));

    /// <summary>Its workflow name.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>The activities it had called.</summary>
    public IReadOnlyList<PropagatedHistoryActivityResult> Activities { get; } = activities ?? throw new ArgumentNullException(nameof(activities));

    /// <summary>The child workflows it had called.</summary>
    public IReadOnlyList<PropagatedHistoryWorkflowResult> Workflows { get; } = childWorkflows ?? throw new ArgumentNullException(nameof(childWorkflows));

    /// <summary>The activities of a name, compared without case.</summary>
    public IReadOnlyList<PropagatedHistoryActivityResult> GetActivitiesByName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Activities.Where(activity => activity.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
    }

    /// <summary>The latest activity of a name.</summary>
    public bool TryGetLastActivityByName(string name, [NotNullWhen(true)] out PropagatedHistoryActivityResult? result) =>
        (result = GetActivitiesByName(name) is [.., var last] ? last : null) is not null;

    /// <summary>The child workflows of a name, compared without case.</summary>
    public IReadOnlyList<PropagatedHistoryWorkflowResult> GetWorkflowsByName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Workflows.Where(child => child.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
    }

    /// <summary>The latest child workflow of a name.</summary>
    public bool TryGetLastWorkflowByName(string name, [NotNullWhen(true)] out PropagatedHistoryWorkflowResult? result) =>
        (result = GetWorkflowsByName(name) is [.., var last] ? last : null) is not null;
}
