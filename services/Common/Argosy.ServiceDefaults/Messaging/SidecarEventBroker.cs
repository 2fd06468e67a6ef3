using Argosy.Contracts;
using Dapr.Client;

namespace Argosy.ServiceDefaults.Messaging;

/// <summary>The pub/sub component behind the sidecar.</summary>
internal sealed class SidecarEventBroker(DaprClient dapr, ArgosyDefaultsOptions options) : IEventBroker
{
    private readonly Uri _source = new(options.Service, UriKind.Relative);

    public async Task<(IReadOnlyList<long> Accepted, string? Refusal)> PublishAsync(string topic, IReadOnlyList<OutboxMessage> messages, CancellationToken cancellationToken)
    {
        var events = messages.Select(message => OutboxEnvelope.Create(message, _source)).ToList();
        var answer = await dapr.BulkPublishEventAsync(ComponentNames.PubSub, topic, events, cancellationToken: cancellationToken);
        var refused = answer.FailedEntries.Select(failed => failed.Entry.EventData.Id).ToHashSet();
        return ([.. messages.Where(message => !refused.Contains(message.Id.ToString())).Select(message => message.Sequence)], answer.FailedEntries.FirstOrDefault()?.ErrorMessage);
    }
}
