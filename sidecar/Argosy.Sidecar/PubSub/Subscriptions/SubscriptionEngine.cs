using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.PubSub.Subscriptions;

/// <summary>Runs the subscriptions of one app while any of its replicas is up, and shares the messages out among those that are.</summary>
internal sealed partial class SubscriptionEngine(
    SidecarApp app,
    ComponentSet components,
    DeclarativeSubscriptions declarative,
    ProgrammaticSubscriptions programmatic,
    TimeProvider clock,
    ILogger<SubscriptionEngine> log) : IAppLifecycle, IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly ReplicaRing _replicas = new();
    private readonly Dictionary<(string PubSub, string Topic), Running> _running = [];

    /// <summary>What the app is subscribed to, as far as it is known; programmatic ones once the app has been asked.</summary>
    public IReadOnlyList<TopicSubscription> Subscriptions { get; private set; } = declarative.All;

    public async Task AppUpAsync(VirtualSidecar replica, CancellationToken cancellationToken)
    {
        if (!components.Of<IPubSub>().Any())
            return;
        if (replica.Channel!.IsGrpc)
        {
            if (Subscriptions.Count > 0)
                LogProtocol(log, app.AppId, app.Settings.AppProtocol);
            return;
        }
        var asked = await programmatic.ReadAsync(replica.Channel, cancellationToken);
        await _changing.WaitAsync(cancellationToken);
        try
        {
            _replicas.Add(replica);
            Subscriptions = [.. declarative.All.ExceptBy(asked.Select(Key), Key), .. asked];
            await ReconcileAsync(cancellationToken);
        }
        finally
        {
            _changing.Release();
        }
    }

    public async Task AppDownAsync(VirtualSidecar replica, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(CancellationToken.None);
        try
        {
            var drained = _replicas.RemoveAsync(replica);
            if (_replicas.Count == 0)
                await StopAsync([.. _running.Keys], cancellationToken);
            await drained.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose()
    {
        // Registered under two types, so the container disposes it twice.
        if (_closing.IsCancellationRequested)
            return;
        _closing.Cancel();
        _closing.Dispose();
        _changing.Dispose();
    }

    /// <summary>Makes what runs what is wanted; what cannot be started now is tried again while the app is up.</summary>
    private async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        var isComplete = true;
        var wanted = Subscriptions.ToDictionary(Key);
        var unwanted = _running.Where(entry => !wanted.TryGetValue(entry.Key, out var same) || !same.IsSameAs(entry.Value.Subscription));
        await StopAsync([.. unwanted.Select(entry => entry.Key)], cancellationToken);
        foreach (var subscription in Subscriptions.Where(subscription => !_running.ContainsKey(Key(subscription))))
        {
            try
            {
                if (await StartAsync(subscription, cancellationToken) is { } consumer)
                    _running.Add(Key(subscription), new Running(subscription, consumer));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogNotStarted(log, failure, app.AppId, subscription.Topic, subscription.PubSubName);
                isComplete = false;
            }
        }
        if (!isComplete)
            _ = RetryAsync(_closing.Token);
    }

    private async Task RetryAsync(CancellationToken closing)
    {
        try
        {
            await Task.Delay(RetryInterval, clock, closing);
            await _changing.WaitAsync(closing);
            try
            {
                if (_replicas.Count > 0)
                    await ReconcileAsync(closing);
            }
            finally
            {
                _changing.Release();
            }
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested)
        {
            // The sidecar closes.
        }
    }

    private async Task<ITopicConsumer?> StartAsync(TopicSubscription subscription, CancellationToken cancellationToken)
    {
        if (components.Of<IPubSub>().FirstOrDefault(candidate => candidate.Definition.Name == subscription.PubSubName) is not { } component)
        {
            LogUnknownPubSub(log, app.AppId, subscription.Topic, subscription.PubSubName);
            return null;
        }
        if (!new TopicScopes(component.Metadata, app.AppId).MaySubscribe(subscription.Topic))
        {
            LogForbidden(log, app.AppId, subscription.Topic, subscription.PubSubName);
            return null;
        }
        var pubSub = (IPubSub)component.Instance;
        var delivery = new TopicDelivery(app, subscription, pubSub, _replicas, clock, log);
        var consumer = await pubSub.SubscribeAsync(subscription.Topic, subscription.Metadata, delivery.DeliverAsync, cancellationToken);
        LogStarted(log, app.AppId, subscription.Topic, subscription.PubSubName);
        return consumer;
    }

    private async Task StopAsync(IReadOnlyList<(string, string)> keys, CancellationToken grace)
    {
        if (keys.Count > 0)
            LogStopping(log, keys.Count, app.AppId);
        var stopping = keys.Select(key => _running.Remove(key, out var running) ? running.Consumer.StopAsync(grace) : Task.CompletedTask);
        await Task.WhenAll(stopping);
    }

    private static (string, string) Key(TopicSubscription subscription) => (subscription.PubSubName, subscription.Topic);

    private sealed record Running(TopicSubscription Subscription, ITopicConsumer Consumer);

    [LoggerMessage(400, LogLevel.Information, "App {AppId} is subscribed to {Topic} on {PubSub}")]
    private static partial void LogStarted(ILogger log, string appId, string topic, string pubSub);

    [LoggerMessage(401, LogLevel.Error, "App {AppId} could not be subscribed to {Topic} on {PubSub}")]
    private static partial void LogNotStarted(ILogger log, Exception failure, string appId, string topic, string pubSub);

    [LoggerMessage(402, LogLevel.Error, "App {AppId} wants {Topic} on {PubSub}, which it has no such component for")]
    private static partial void LogUnknownPubSub(ILogger log, string appId, string topic, string pubSub);

    [LoggerMessage(403, LogLevel.Error, "App {AppId} may not subscribe to {Topic} on {PubSub}: the component's topic scopes do not allow it")]
    private static partial void LogForbidden(ILogger log, string appId, string topic, string pubSub);

    [LoggerMessage(404, LogLevel.Warning, "App {AppId} has subscriptions, but events are not delivered over {Protocol} yet")]
    private static partial void LogProtocol(ILogger log, string appId, string protocol);

    [LoggerMessage(405, LogLevel.Information, "Stopping {Count} subscriptions of app {AppId}")]
    private static partial void LogStopping(ILogger log, int count, string appId);
}
