using System.Collections.Concurrent;

namespace Argosy.Sidecar.Configuration;

/// <summary>The running subscriptions of one app; what is left ends with the app.</summary>
internal sealed class ConfigurationSubscriptions : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConfigurationSubscription> _running = new(StringComparer.Ordinal);

    public void Add(ConfigurationSubscription subscription) => _running[subscription.Id] = subscription;

    /// <returns>False when there is no such subscription.</returns>
    public async Task<bool> EndAsync(string id)
    {
        if (!_running.TryRemove(id, out var subscription))
            return false;
        await subscription.DisposeAsync();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in _running.Keys)
            await EndAsync(id);
    }
}
