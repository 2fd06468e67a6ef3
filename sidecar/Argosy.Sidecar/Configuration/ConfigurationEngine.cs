using Argosy.Sidecar.Errors;
using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Configuration;

/// <summary>The configuration API of one app over its configuration stores.</summary>
internal sealed class ConfigurationEngine(ComponentSet components, ConfigurationSubscriptions subscriptions)
{
    public async Task<IReadOnlyDictionary<string, ConfigurationItem>> GetAsync(
        string store, IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var target = Find(store);
        try
        {
            return await target.GetAsync(keys, metadata, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw ConfigurationErrors.GetFailed(store, keys, failure);
        }
    }

    /// <param name="changed">Gets the subscription's id and what changed; called for one report after the other.</param>
    public async Task<ConfigurationSubscription> SubscribeAsync(
        string store, IReadOnlyList<string> keys, IReadOnlyDictionary<string, string> metadata,
        Func<ConfigurationSubscription, IReadOnlyDictionary<string, ConfigurationItem>, Task> changed, CancellationToken cancellationToken)
    {
        var target = Find(store);
        var subscription = new ConfigurationSubscription(store);
        try
        {
            subscription.Watch = await target.SubscribeAsync(keys, metadata, items => changed(subscription, items), cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw ConfigurationErrors.SubscribeFailed(store, keys, failure);
        }
        subscriptions.Add(subscription);
        return subscription;
    }

    /// <returns>False when there is no such subscription.</returns>
    public Task<bool> UnsubscribeAsync(string id) => subscriptions.EndAsync(id);

    /// <exception cref="DaprApiException">There is no such store.</exception>
    public IConfigurationStore Find(string store) =>
        components.Find<IConfigurationStore>(store)
        ?? throw (components.Of<IConfigurationStore>().Any() ? ConfigurationErrors.NotFound(store) : ConfigurationErrors.NotConfigured());
}
