using System.Collections.Immutable;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.PubSub.InMemory;

/// <summary><c>pubsub.in-memory</c>: a bus inside one app's sidecar. Nothing is stored, so a message reaches who is subscribed at that
/// moment, once.</summary>
internal sealed partial class InMemoryPubSub(ILogger<InMemoryPubSub> log) : IPubSub
{
    private readonly ILogger _log = log;
    private ImmutableArray<Consumer> _consumers = [];

    public static ComponentType Type { get; } = new("pubsub.in-memory", [],
        context => new InMemoryPubSub(context.Services.GetRequiredService<ILogger<InMemoryPubSub>>()));

    public PubSubFeatures Features => PubSubFeatures.SubscribeWildcards;

    public Task PublishAsync(string topic, OutgoingMessage message, CancellationToken cancellationToken)
    {
        // The publisher's buffer is its own again when this call returns, the handlers run later.
        var incoming = new IncomingMessage(topic, message.Data.ToArray(), message.Metadata, IsLastAttempt: true);
        foreach (var consumer in _consumers)
        {
            if (consumer.Wants(topic))
                consumer.Start(incoming);
        }
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<PublishFailure>> PublishManyAsync(
        string topic, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
            await PublishAsync(topic, message, cancellationToken);
        return [];
    }

    public Task<ITopicConsumer> SubscribeAsync(
        string topic, IReadOnlyDictionary<string, string> metadata, MessageHandler handler, CancellationToken cancellationToken)
    {
        var consumer = new Consumer(this, topic, handler);
        ImmutableInterlocked.Update(ref _consumers, consumers => consumers.Add(consumer));
        return Task.FromResult<ITopicConsumer>(consumer);
    }

    private void Remove(Consumer consumer) => ImmutableInterlocked.Update(ref _consumers, consumers => consumers.Remove(consumer));

    /// <param name="pattern">A topic, or the beginning of one followed by <c>*</c>.</param>
    private sealed class Consumer(InMemoryPubSub bus, string pattern, MessageHandler handler) : ITopicConsumer, IDisposable
    {
        private readonly CancellationTokenSource _cancelled = new();
        private readonly Lock _lock = new();
        private readonly HashSet<Task> _inHand = [];
        private bool _isStopped;

        public bool Wants(string topic) =>
            pattern.EndsWith('*') ? topic.StartsWith(pattern[..^1], StringComparison.Ordinal) : topic == pattern;

        public void Start(IncomingMessage message)
        {
            lock (_lock)
            {
                if (_isStopped)
                    return;
                var handling = Task.Run(() => HandleAsync(message));
                _inHand.Add(handling);
                _ = handling.ContinueWith(Done, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }

        public async Task StopAsync(CancellationToken grace)
        {
            bus.Remove(this);
            await using var cancelling = grace.Register(_cancelled.Cancel);
            Task[] inHand;
            lock (_lock)
            {
                _isStopped = true;
                inHand = [.. _inHand];
            }
            await Task.WhenAll(inHand);
            Dispose();
        }

        public void Dispose() => _cancelled.Dispose();

        private void Done(Task handling)
        {
            lock (_lock)
                _inHand.Remove(handling);
        }

        private async Task HandleAsync(IncomingMessage message)
        {
            try
            {
                if (await handler(message, _cancelled.Token) != DeliveryOutcome.Acknowledge)
                    LogLost(bus._log, message.Topic);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !_cancelled.IsCancellationRequested)
            {
                LogFailed(bus._log, failure, message.Topic);
            }
            catch (OperationCanceledException)
            {
                LogLost(bus._log, message.Topic);
            }
        }
    }

    [LoggerMessage(430, LogLevel.Error, "A message of {Topic} is lost: its delivery failed and pubsub.in-memory keeps nothing")]
    private static partial void LogLost(ILogger log, string topic);

    [LoggerMessage(431, LogLevel.Error, "A message of {Topic} is lost: its handler failed")]
    private static partial void LogFailed(ILogger log, Exception failure, string topic);
}
