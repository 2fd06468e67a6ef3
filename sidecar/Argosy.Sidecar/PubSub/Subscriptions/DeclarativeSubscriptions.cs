using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.PubSub.Subscriptions;

/// <summary>The <c>Subscription</c> documents in the scope of one app.</summary>
internal sealed class DeclarativeSubscriptions(AppResources resources)
{
    /// <summary>In the order of the files; of two for the same topic the first one counts.</summary>
    /// <exception cref="ResourceException">A rule cannot be understood.</exception>
    public IReadOnlyList<TopicSubscription> All { get; } =
        [.. resources.Subscriptions.Select(ToSubscription).DistinctBy(subscription => (subscription.PubSubName, subscription.Topic))];

    private static TopicSubscription ToSubscription(Subscription document)
    {
        var routes = document.Rules.Select(rule => new TopicRoute(ToCondition(rule, document.Location), rule.Path));
        if (document.DefaultPath is { Length: > 0 } path)
            routes = routes.Append(new TopicRoute(null, path));
        return new TopicSubscription(document.PubsubName, document.Topic, SubscriptionOrigin.Declarative)
        {
            Routes = [.. routes],
            DeadLetterTopic = document.DeadLetterTopic,
            Metadata = document.Metadata,
        };
    }

    private static RouteCondition? ToCondition(SubscriptionRule rule, SourceLocation location)
    {
        if (rule.Match.Length == 0)
            return null;
        try
        {
            return RouteCondition.Parse(rule.Match);
        }
        catch (FormatException failure)
        {
            throw new ResourceException(location, failure.Message);
        }
    }
}
