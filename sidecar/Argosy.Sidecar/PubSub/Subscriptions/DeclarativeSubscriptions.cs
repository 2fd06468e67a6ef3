using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.PubSub.Subscriptions;

/// <summary>The <c>Subscription</c> documents in the scope of one app.</summary>
internal sealed class DeclarativeSubscriptions(AppResources resources)
{
    /// <summary>In the order of the files; of two for the same topic the first one counts.</summary>
    public IReadOnlyList<TopicSubscription> All { get; } =
        [.. resources.Subscriptions.Select(ToSubscription).DistinctBy(subscription => (subscription.PubSubName, subscription.Topic))];

    /// <summary>Reports the documents that cannot be served, before anything starts.</summary>
    public static void Check(IEnumerable<Subscription> documents, ResourceErrors errors)
    {
        foreach (var document in documents)
        {
            try
            {
                ToSubscription(document);
            }
            catch (FormatException unusable)
            {
                errors.Add(document.Location, $"subscription '{document.Name}': {unusable.Message}");
            }
        }
    }

    private static TopicSubscription ToSubscription(Subscription document)
    {
        if (document.BulkSubscribe is not null)
            throw new FormatException("bulkSubscribe is not supported by this sidecar");
        MessageMetadata.IsRawPayload(document.Metadata);
        var routes = document.Rules.Select(rule => TopicRoute.Parse(rule.Match, rule.Path));
        if (document.DefaultPath is { Length: > 0 } path)
            routes = routes.Append(new TopicRoute(null, path));
        return new TopicSubscription(document.PubsubName, document.Topic, SubscriptionOrigin.Declarative)
        {
            Routes = [.. routes],
            DeadLetterTopic = document.DeadLetterTopic,
            Metadata = document.Metadata,
        };
    }
}
