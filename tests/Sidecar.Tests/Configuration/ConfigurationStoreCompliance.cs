using System.Collections.Concurrent;
using Argosy.Sidecar.Configuration;
using Argosy.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Configuration;

/// <summary>What every configuration store does alike. Values are written past the store, as operators do.</summary>
public abstract class ConfigurationStoreCompliance : IAsyncLifetime
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    private readonly string _prefix = $"{Guid.NewGuid():n}.";

    private protected IConfigurationStore Store { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected abstract Task<IConfigurationStore> OpenAsync();

    protected abstract Task PutAsync(string key, string value);

    protected abstract Task RemoveAsync(string key);

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (Store is IAsyncDisposable store)
            await store.DisposeAsync();
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the store stood on, after it is closed.</summary>
    protected virtual void Release()
    {
    }

    [Fact]
    public async Task Get_SomeKeys_ReturnsThoseThatAreThere()
    {
        await PutAsync(Key("a"), "1");
        await PutAsync(Key("b"), "2");

        var items = await Store.GetAsync([Key("a"), Key("missing")], NoMetadata, Cancelled);

        Assert.Equal("1", Assert.Single(items).Value.Value);
        Assert.NotEmpty(items[Key("a")].Version);
    }

    [Fact]
    public async Task Get_NoKeys_ReturnsAll()
    {
        await PutAsync(Key("a"), "1");
        await PutAsync(Key("b"), "2");

        var items = await Store.GetAsync([], NoMetadata, Cancelled);

        Assert.Equal(("1", "2"), (items[Key("a")].Value, items[Key("b")].Value));
    }

    [Fact]
    public async Task Get_AfterAChange_HasTheNewValueAndAnotherVersion()
    {
        await PutAsync(Key("a"), "1");
        var before = (await Store.GetAsync([Key("a")], NoMetadata, Cancelled))[Key("a")];
        await PutAsync(Key("a"), "2");
        var after = (await Store.GetAsync([Key("a")], NoMetadata, Cancelled))[Key("a")];

        Assert.Equal("2", after.Value);
        Assert.NotEqual(before.Version, after.Version);
    }

    [Fact]
    public async Task Subscribe_ChangesMadeElsewhere_ReportsThoseOfItsKeysOnly()
    {
        await PutAsync(Key("a"), "1");
        await PutAsync(Key("b"), "1");
        var seen = new ConcurrentQueue<string>();
        await using var subscription = await SubscribeAsync(seen, Key("a"), Key("new"));

        await PutAsync(Key("b"), "2");
        await PutAsync(Key("a"), "2");
        await Eventually.HoldsAsync("the change is seen", () => seen.Contains("a=2"));
        await PutAsync(Key("new"), "1");
        await Eventually.HoldsAsync("the new key is seen", () => seen.Contains("new=1"));
        await RemoveAsync(Key("a"));
        await Eventually.HoldsAsync("the removal is seen", () => seen.Contains("a="));

        Assert.Equal(["a=2", "new=1", "a="], seen);
    }

    [Fact]
    public async Task Subscribe_NoKeys_ReportsEveryKey()
    {
        var seen = new ConcurrentQueue<string>();
        await using var subscription = await SubscribeAsync(seen);

        await PutAsync(Key("x"), "1");
        await PutAsync(Key("y"), "1");

        await Eventually.HoldsAsync("both are seen", () => seen.Contains("x=1") && seen.Contains("y=1"));
    }

    [Fact]
    public async Task Subscribe_Ended_ReportsNothingMore()
    {
        var ended = new ConcurrentQueue<string>();
        var running = new ConcurrentQueue<string>();
        var subscription = await SubscribeAsync(ended, Key("a"));
        await using var other = await SubscribeAsync(running, Key("a"));
        await subscription.DisposeAsync();

        await PutAsync(Key("a"), "1");

        await Eventually.HoldsAsync("the running subscription sees it", () => running.Contains("a=1"));
        Assert.Empty(ended);
    }

    private Task<IAsyncDisposable> SubscribeAsync(ConcurrentQueue<string> seen, params string[] keys) =>
        Store.SubscribeAsync(keys, NoMetadata, items =>
        {
            foreach (var (key, item) in items)
            {
                if (key.StartsWith(_prefix, StringComparison.Ordinal))
                    seen.Enqueue($"{key[_prefix.Length..]}={item.Value}");
            }
            return Task.CompletedTask;
        }, Cancelled);

    private string Key(string name) => _prefix + name;
}
