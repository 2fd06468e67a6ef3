using System.Collections.Concurrent;
using Argosy.Sidecar.Errors;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.PubSub.CloudEvents;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.PubSub;

/// <summary>What an app asks to have published.</summary>
internal sealed record PublishRequest(
    string PubSubName,
    string Topic,
    string ContentType,
    ReadOnlyMemory<byte> Data,
    IReadOnlyDictionary<string, string> Metadata,
    TraceContext Trace);

/// <summary>One event of a bulk publish; its own metadata wins over that of the request.</summary>
internal sealed record BulkEntry(string EntryId, string ContentType, ReadOnlyMemory<byte> Data, IReadOnlyDictionary<string, string> Metadata);

/// <summary>An entry that was not published.</summary>
internal sealed record BulkFailure(string EntryId, string Error);

/// <summary>The publish API of one app: checks, envelope, component.</summary>
internal sealed class Publisher(SidecarApp app, ComponentSet components, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, TopicScopes> _scopes = new(StringComparer.Ordinal);

    /// <exception cref="DaprApiException">It was not published.</exception>
    public async Task PublishAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        var pubSub = Find(request.PubSubName, request.Topic, request.Metadata);
        var message = ToMessage(pubSub, request);
        try
        {
            await pubSub.PublishAsync(request.Topic, message, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw PubSubErrors.Publish(request.PubSubName, request.Topic, failure.Message);
        }
    }

    /// <param name="request">Common to all entries; its own data is not used.</param>
    /// <returns>The entries that were not published.</returns>
    /// <exception cref="DaprApiException">The request is refused as a whole.</exception>
    public async Task<IReadOnlyList<BulkFailure>> PublishManyAsync(PublishRequest request, IReadOnlyList<BulkEntry> entries, CancellationToken cancellationToken)
    {
        var pubSub = Find(request.PubSubName, request.Topic, request.Metadata);
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (entries.Any(entry => entry.EntryId.Length == 0 || !known.Add(entry.EntryId)))
            throw PubSubErrors.BulkEntryId(request.PubSubName, request.Topic, app.AppId);
        var messages = entries.Select(entry => ToMessage(pubSub, request with
        {
            ContentType = entry.ContentType,
            Data = entry.Data,
            Metadata = Merge(request.Metadata, entry.Metadata),
        })).ToList();
        try
        {
            var failures = await pubSub.PublishManyAsync(request.Topic, messages, cancellationToken);
            return failures.Select(failure => new BulkFailure(entries[failure.Index].EntryId, failure.Reason)).ToList();
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return entries.Select(entry => new BulkFailure(entry.EntryId, failure.Message)).ToList();
        }
    }

    /// <summary>The component, after everything daprd checks before it looks at the event.</summary>
    public IPubSub Find(string name, string topic, IReadOnlyDictionary<string, string> metadata)
    {
        if (!components.Of<IPubSub>().Any())
            throw PubSubErrors.NotConfigured(name, metadata);
        if (name.Length == 0)
            throw PubSubErrors.NameEmpty(metadata);
        if (components.Of<IPubSub>().FirstOrDefault(candidate => candidate.Definition.Name == name) is not { } component)
            throw PubSubErrors.NotFound(name, metadata);
        if (topic.Length == 0)
            throw PubSubErrors.TopicEmpty(name, metadata);
        if (!_scopes.GetOrAdd(name, _ => new TopicScopes(component.Metadata, app.AppId)).MayPublish(topic))
            throw PubSubErrors.Forbidden(name, topic, app.AppId);
        return (IPubSub)component.Instance;
    }

    private OutgoingMessage ToMessage(IPubSub pubSub, PublishRequest request)
    {
        bool isRaw;
        TimeSpan? ttl;
        try
        {
            isRaw = MessageMetadata.IsRawPayload(request.Metadata);
            ttl = MessageMetadata.TimeToLive(request.Metadata);
        }
        catch (FormatException failure)
        {
            throw PubSubErrors.Metadata(request.PubSubName, failure.Message, request.Metadata);
        }
        if (isRaw)
            return new OutgoingMessage(request.Data, request.Metadata, ttl);
        var now = clock.GetLocalNow();
        var expiration = pubSub.Features.HasFlag(PubSubFeatures.MessageTtl) ? null : now + ttl;
        try
        {
            var content = new EnvelopeContent(
                app.AppId, request.PubSubName, request.Topic, request.ContentType, request.Data, request.Metadata, request.Trace, now, expiration);
            return new OutgoingMessage(Envelope.Wrap(content), request.Metadata, ttl);
        }
        catch (FormatException failure)
        {
            throw PubSubErrors.CloudEvent(request.PubSubName, app.AppId, failure.Message);
        }
    }

    private static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> request, IReadOnlyDictionary<string, string> entry)
    {
        if (entry.Count == 0)
            return request;
        var merged = new Dictionary<string, string>(request, StringComparer.Ordinal);
        foreach (var (name, value) in entry)
            merged[name] = value;
        return merged;
    }
}
