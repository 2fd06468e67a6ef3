using System.Text.Json;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.PubSub.CloudEvents;

namespace Argosy.Sidecar.PubSub.Subscriptions;

/// <summary>Brings the messages of one subscription to the app and decides what becomes of them.</summary>
internal sealed partial class TopicDelivery(
    SidecarApp app, TopicSubscription subscription, IPubSub pubSub, ReplicaRing replicas, TimeProvider clock, ILogger log)
{
    private readonly bool _isRaw = MessageMetadata.IsRawPayload(subscription.Metadata);

    public async Task<DeliveryOutcome> DeliverAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        var envelope = _isRaw
            ? Envelope.WrapRaw(subscription.PubSubName, message.Topic, message.Data, TraceContext.New(), clock.GetLocalNow())
            : message.Data;
        try
        {
            using var received = new ReceivedEvent(envelope);
            if (received.IsExpired(clock.GetUtcNow()))
            {
                LogExpired(log, received.Id, subscription.Topic, app.AppId);
                return await DropAsync(message, cancellationToken);
            }
            if (Route(received.Attributes) is not { } path)
                return await DropAsync(message, cancellationToken);
            return await SendAsync(path, envelope, received, message, cancellationToken);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException)
        {
            LogUndeliverable(log, failure, subscription.Topic, app.AppId);
            return await FailAsync(message, cancellationToken);
        }
    }

    private string? Route(JsonElement attributes)
    {
        foreach (var route in subscription.Routes)
        {
            if (route.Match?.Holds(attributes) ?? true)
                return route.Path;
        }
        return null;
    }

    private async Task<DeliveryOutcome> SendAsync(
        string path, ReadOnlyMemory<byte> envelope, ReceivedEvent received, IncomingMessage message, CancellationToken cancellationToken)
    {
        // A replica that has just died refuses the connection: the others are asked before the message has to wait.
        for (var tries = Math.Max(1, replicas.Count); tries > 0; tries--)
        {
            using var turn = replicas.Next();
            if (turn is null)
                return DeliveryOutcome.Unavailable;
            try
            {
                using var request = EventRequest.Create(path, envelope, received, message.Metadata);
                using var response = await turn.Value.Replica.Channel!.SendAsync(request, cancellationToken);
                switch (await HttpAppAnswer.ReadAsync(response, cancellationToken))
                {
                    case AppAnswer.Success:
                        return DeliveryOutcome.Acknowledge;
                    case AppAnswer.Drop:
                        LogDropped(log, received.Id, subscription.Topic, app.AppId, (int)response.StatusCode);
                        return await DropAsync(message, cancellationToken);
                    default:
                        LogFailed(log, received.Id, subscription.Topic, app.AppId, (int)response.StatusCode);
                        return await FailAsync(message, cancellationToken);
                }
            }
            catch (Exception failure) when (IsUnreachable(failure, cancellationToken))
            {
                LogUnreachable(log, subscription.Topic, app.AppId, turn.Value.Replica.Ports.AppPort);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                LogBroken(log, failure, received.Id, subscription.Topic, app.AppId);
                return await FailAsync(message, cancellationToken);
            }
        }
        return DeliveryOutcome.Unavailable;
    }

    /// <summary>The event did not get as far as the app: refused, or no connection in time.</summary>
    private static bool IsUnreachable(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private async Task<DeliveryOutcome> FailAsync(IncomingMessage message, CancellationToken cancellationToken) =>
        message.IsLastAttempt && subscription.DeadLetterTopic is not null ? await DropAsync(message, cancellationToken) : DeliveryOutcome.Retry;

    /// <summary>Nothing further for this subscriber; its dead-letter topic, if it has one, keeps the original bytes.</summary>
    private async Task<DeliveryOutcome> DropAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        if (subscription.DeadLetterTopic is not { } deadLetters)
            return DeliveryOutcome.Acknowledge;
        try
        {
            await pubSub.PublishAsync(deadLetters, new OutgoingMessage(message.Data, message.Metadata), cancellationToken);
            LogDeadLetter(log, subscription.Topic, deadLetters, app.AppId);
            return DeliveryOutcome.Acknowledge;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogDeadLetterFailed(log, failure, deadLetters, app.AppId);
            return DeliveryOutcome.Retry;
        }
    }

    [LoggerMessage(420, LogLevel.Warning, "Event {Id} of {Topic} has expired before {AppId} got it")]
    private static partial void LogExpired(ILogger log, string? id, string topic, string appId);

    [LoggerMessage(421, LogLevel.Warning, "A message of {Topic} cannot be delivered to {AppId}")]
    private static partial void LogUndeliverable(ILogger log, Exception failure, string topic, string appId);

    [LoggerMessage(422, LogLevel.Warning, "Event {Id} of {Topic} was dropped by {AppId} ({Status})")]
    private static partial void LogDropped(ILogger log, string? id, string topic, string appId, int status);

    [LoggerMessage(423, LogLevel.Warning, "Event {Id} of {Topic} failed in {AppId} ({Status})")]
    private static partial void LogFailed(ILogger log, string? id, string topic, string appId, int status);

    [LoggerMessage(424, LogLevel.Debug, "A message of {Topic} waits: {AppId} does not answer on port {Port}")]
    private static partial void LogUnreachable(ILogger log, string topic, string appId, int port);

    [LoggerMessage(425, LogLevel.Warning, "Event {Id} of {Topic}: the connection to {AppId} broke")]
    private static partial void LogBroken(ILogger log, Exception failure, string? id, string topic, string appId);

    [LoggerMessage(426, LogLevel.Warning, "A message of {Topic} that {AppId} did not take went to {DeadLetters}")]
    private static partial void LogDeadLetter(ILogger log, string topic, string deadLetters, string appId);

    [LoggerMessage(427, LogLevel.Error, "A message that {AppId} did not take could not be published to {DeadLetters}")]
    private static partial void LogDeadLetterFailed(ILogger log, Exception failure, string deadLetters, string appId);
}
