namespace Argosy.Sidecar.Workflows;

/// <summary>Keys of one app's workflows in the actor state store. What belongs to an instance lies under its actor key, as in daprd; three
/// more prefixes find instances without reading them.</summary>
internal sealed class WorkflowKeys(string appId, string appNamespace)
{
    private readonly string _actor = $"{appId}||dapr.internal.{appNamespace}.{appId}.workflow||";
    private readonly string _inbox = $"{appId}||dapr.internal.{appNamespace}.{appId}.workflow.inbox||";

    /// <summary>One empty value for each instance that has not ended.</summary>
    public string ActivePrefix { get; } = $"{appId}||dapr.internal.{appNamespace}.{appId}.workflow.active||";

    /// <summary>One empty value for each instance that has ended.</summary>
    public string EndedPrefix { get; } = $"{appId}||dapr.internal.{appNamespace}.{appId}.workflow.ended||";

    /// <summary>Events that no turn has taken in yet.</summary>
    public string InboxPrefix => _inbox;

    public string Record(string instanceId) => $"{_actor}{instanceId}||metadata";

    public string CustomStatus(string instanceId) => $"{_actor}{instanceId}||customStatus";

    public string History(string instanceId, int index) => $"{_actor}{instanceId}||history-{index:D6}";

    /// <param name="sequence">Rises over all instances; the keys of one instance sort in the order the events came.</param>
    public string Inbox(string instanceId, long sequence) => $"{_inbox}{instanceId}||{sequence:D20}";

    public string Active(string instanceId) => ActivePrefix + instanceId;

    public string Ended(string instanceId) => EndedPrefix + instanceId;

    /// <summary>The instance an inbox key belongs to.</summary>
    public string InstanceOfInbox(string key) => key[_inbox.Length..key.LastIndexOf("||", StringComparison.Ordinal)];
}
