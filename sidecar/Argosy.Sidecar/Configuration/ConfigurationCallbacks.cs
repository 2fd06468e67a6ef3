using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Argosy.Sidecar.Hosting;

namespace Argosy.Sidecar.Configuration;

/// <summary>Subscriptions made over HTTP: changes are posted to the app, key by key. They end with the app's process, since the next one subscribes
/// anew; what an app subscribes while its port does not answer yet belongs to the process that is starting.</summary>
internal sealed partial class ConfigurationCallbacks(ConfigurationEngine engine, ILogger<ConfigurationCallbacks> logger) : IAppLifecycle
{
    private readonly ConcurrentDictionary<string, Subscriber> _subscribers = new(StringComparer.Ordinal);

    /// <returns>The subscription's id.</returns>
    public async Task<string> SubscribeAsync(
        VirtualSidecar replica, string store, IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        _ = engine.Find(store);
        var channel = replica.Channel ?? throw ConfigurationErrors.NoAppChannel();
        var subscription = await engine.SubscribeAsync(store, keys, metadata, (from, items) => PostAsync(channel, from, items), cancellationToken);
        var subscriber = new Subscriber(replica);
        _subscribers[subscription.Id] = subscriber;
        // Only now: had the app come up in between, AppUpAsync has seen the entry or this line sees the app.
        if (replica.IsAppUp)
            subscriber.IsOfRunningApp = true;
        return subscription.Id;
    }

    /// <returns>False when there is no such subscription.</returns>
    public Task<bool> UnsubscribeAsync(string id)
    {
        _subscribers.TryRemove(id, out _);
        return engine.UnsubscribeAsync(id);
    }

    public Task AppUpAsync(VirtualSidecar replica, CancellationToken cancellationToken)
    {
        foreach (var subscriber in _subscribers.Values.Where(subscriber => subscriber.Replica == replica))
            subscriber.IsOfRunningApp = true;
        return Task.CompletedTask;
    }

    public async Task AppDownAsync(VirtualSidecar replica, CancellationToken cancellationToken)
    {
        foreach (var (id, subscriber) in _subscribers)
        {
            if (subscriber.Replica == replica && subscriber.IsOfRunningApp)
                await UnsubscribeAsync(id);
        }
    }

    private async Task PostAsync(AppChannel channel, ConfigurationSubscription subscription, IReadOnlyDictionary<string, ConfigurationItem> items)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new ConfigurationUpdateBody(subscription.Id, ConfigurationItemBody.From(items)), ConfigurationJson.Default.ConfigurationUpdateBody);
        foreach (var key in items.Keys)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/configuration/{Uri.EscapeDataString(subscription.Store)}/{Uri.EscapeDataString(key)}", UriKind.Relative))
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
            };
            try
            {
                using var answer = await channel.SendAsync(request, subscription.Ended);
                if (answer.StatusCode != HttpStatusCode.OK)
                    LogRefused(logger, subscription.Store, (int)answer.StatusCode);
            }
            catch (HttpRequestException unreachable)
            {
                LogUnreachable(logger, unreachable, subscription.Store);
            }
        }
    }

    private sealed class Subscriber(VirtualSidecar replica)
    {
        private volatile bool _isOfRunningApp;

        public VirtualSidecar Replica { get; } = replica;

        public bool IsOfRunningApp
        {
            get => _isOfRunningApp;
            set => _isOfRunningApp = value;
        }
    }

    [LoggerMessage(LogLevel.Error, "The app answered a change of configuration store {Store} with status {Status}")]
    private static partial void LogRefused(ILogger logger, string store, int status);

    [LoggerMessage(LogLevel.Error, "The app could not be told of a change of configuration store {Store}")]
    private static partial void LogUnreachable(ILogger logger, Exception failure, string store);
}
