namespace Argosy.Sidecar.Configuration;

/// <summary>A running subscription to a configuration store.</summary>
internal sealed class ConfigurationSubscription : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();

    public ConfigurationSubscription(string store)
    {
        Store = store;
        Ended = _ending.Token;
    }

    public string Id { get; } = Guid.NewGuid().ToString();

    public string Store { get; }

    /// <summary>Fires when the subscription ends, from either side.</summary>
    public CancellationToken Ended { get; }

    /// <summary>What watches the store.</summary>
    public IAsyncDisposable? Watch { private get; set; }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        if (Watch is not null)
            await Watch.DisposeAsync();
        _ending.Dispose();
    }
}
