using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.PubSub;

/// <summary>A pub/sub component. Each app id has its own instance, so the consumer group is the instance's own.</summary>
internal interface IPubSub : IDescribedComponent
{
    PubSubFeatures Features { get; }

    IEnumerable<string> IDescribedComponent.Capabilities
    {
        get
        {
            if (Features.HasFlag(PubSubFeatures.MessageTtl))
                yield return "MESSAGE_TTL";
            if (Features.HasFlag(PubSubFeatures.SubscribeWildcards))
                yield return "SUBSCRIBE_WILDCARDS";
        }
    }

    /// <summary>Ends when the message is as safe as the component can make it.</summary>
    Task PublishAsync(string topic, OutgoingMessage message, CancellationToken cancellationToken);

    /// <returns>What was not published, by position; nothing when all is well.</returns>
    Task<IReadOnlyList<PublishFailure>> PublishManyAsync(string topic, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken);

    /// <summary>Starts handing the topic's messages to <paramref name="handler"/>, several at a time.</summary>
    /// <param name="metadata">The subscription's own metadata.</param>
    Task<ITopicConsumer> SubscribeAsync(
        string topic, IReadOnlyDictionary<string, string> metadata, MessageHandler handler, CancellationToken cancellationToken);
}

/// <summary>A running subscription of a component.</summary>
internal interface ITopicConsumer
{
    /// <summary>Takes no further message and waits for those in hand. When <paramref name="grace"/> fires their handlers are cancelled, and
    /// a component that can will deliver them again.</summary>
    Task StopAsync(CancellationToken grace);
}

internal delegate Task<DeliveryOutcome> MessageHandler(IncomingMessage message, CancellationToken cancellationToken);

/// <summary>What a component can do; daprd's metadata calls them MESSAGE_TTL and SUBSCRIBE_WILDCARDS.</summary>
[Flags]
internal enum PubSubFeatures
{
    None = 0,

    /// <summary>The component removes expired messages itself, so the envelope needs no <c>expiration</c>.</summary>
    MessageTtl = 1,
    SubscribeWildcards = 2,
}

internal enum DeliveryOutcome
{
    /// <summary>Done with, one way or the other.</summary>
    Acknowledge,

    /// <summary>A delivery failed: deliver again later.</summary>
    Retry,

    /// <summary>Nobody was there to take it: deliver again without counting an attempt.</summary>
    Unavailable,
}
