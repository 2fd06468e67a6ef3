namespace Argosy.ServiceDefaults.Messaging;

/// <summary>Where outbox rows go.</summary>
internal interface IEventBroker
{
    /// <summary>Publishes events of one topic in order.</summary>
    /// <returns>The sequences of those that the broker has accepted, and why not all.</returns>
    Task<(IReadOnlyList<long> Accepted, string? Refusal)> PublishAsync(string topic, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken);
}
