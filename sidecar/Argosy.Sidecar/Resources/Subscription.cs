namespace Argosy.Sidecar.Resources;

/// <summary>A declarative <c>Subscription</c>; both versions of its schema end up here (v1alpha1's <c>route</c> is the default path).</summary>
internal sealed record Subscription(string Name, string PubsubName, string Topic, SourceLocation Location)
{
    /// <summary>Tried in order; the first match wins.</summary>
    public IReadOnlyList<SubscriptionRule> Rules { get; init; } = [];

    /// <summary>Path for messages that no rule matches; null means such messages are not delivered.</summary>
    public string? DefaultPath { get; init; }

    public string? DeadLetterTopic { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    public BulkSubscribe? BulkSubscribe { get; init; }

    /// <summary>App ids that get the subscription; empty means all.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public bool IsInScopeOf(string appId) => Scopes.Count == 0 || Scopes.Contains(appId);
}

/// <param name="Match">A CEL expression over <c>event</c>; empty always matches.</param>
internal sealed record SubscriptionRule(string Match, string Path);

internal sealed record BulkSubscribe(int MaxMessagesCount = 100, int MaxAwaitDurationMs = 1000);
