using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Metadata;
using Dapr.Client.Autogen.Grpc.v1;

namespace Argosy.Sidecar.PubSub.Subscriptions;

/// <summary>Lists the app's subscriptions in the metadata API.</summary>
internal sealed class SubscriptionMetadata(SubscriptionEngine engine) : IMetadataSource
{
    public void Describe(GetMetadataResponse metadata, VirtualSidecar sidecar)
    {
        foreach (var subscription in engine.Subscriptions)
        {
            var described = new PubsubSubscription
            {
                PubsubName = subscription.PubSubName,
                Topic = subscription.Topic,
                DeadLetterTopic = subscription.DeadLetterTopic ?? "",
                Type = subscription.Origin == SubscriptionOrigin.Declarative ? PubsubSubscriptionType.Declarative : PubsubSubscriptionType.Programmatic,
                Rules = new PubsubSubscriptionRules(),
                Metadata = { subscription.Metadata.ToDictionary() },
            };
            described.Rules.Rules.AddRange(subscription.Routes.Select(route => new PubsubSubscriptionRule { Match = route.Match?.Text ?? "", Path = route.Path }));
            metadata.Subscriptions.Add(described);
        }
    }
}
