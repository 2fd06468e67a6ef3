namespace Argosy.Sidecar.PubSub.Subscriptions;

/// <summary>What an app wants of one topic, wherever it said so.</summary>
internal sealed record TopicSubscription(string PubSubName, string Topic, SubscriptionOrigin Origin)
{
    /// <summary>Tried in order; a rule without condition always matches.</summary>
    public required IReadOnlyList<TopicRoute> Routes { get; init; }

    public string? DeadLetterTopic { get; init; }

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = MessageMetadata.None;

    /// <summary>True when a consumer running for <paramref name="other"/> may go on for this one.</summary>
    public bool IsSameAs(TopicSubscription other) =>
        (PubSubName, Topic, Origin, DeadLetterTopic) == (other.PubSubName, other.Topic, other.Origin, other.DeadLetterTopic)
        && Routes.Select(route => (route.Match?.Text, route.Path)).SequenceEqual(other.Routes.Select(route => (route.Match?.Text, route.Path)))
        && Metadata.Count == other.Metadata.Count
        && Metadata.All(entry => other.Metadata.TryGetValue(entry.Key, out var value) && value == entry.Value);
}

/// <summary>How the subscription was made; daprd's metadata API shows the name in capitals.</summary>
internal enum SubscriptionOrigin
{
    Declarative,
    Programmatic,
}

/// <param name="Match">The condition; null always holds.</param>
internal sealed record TopicRoute(RouteCondition? Match, string Path)
{
    /// <exception cref="FormatException">The condition is outside what is understood.</exception>
    public static TopicRoute Parse(string? match, string path) => new(string.IsNullOrWhiteSpace(match) ? null : RouteCondition.Parse(match), path);
}
