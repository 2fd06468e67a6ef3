using Argosy.Sidecar.Locks;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Locks;

/// <summary>What every lock store does alike.</summary>
public abstract class LockStoreCompliance : IAsyncLifetime
{
    private readonly string _resource = $"lock||app||{Guid.NewGuid():n}";

    protected FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    private protected ILockStore Store { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected abstract Task<ILockStore> OpenAsync();

    /// <summary>Lets that much time pass for the store.</summary>
    protected virtual Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        return Task.CompletedTask;
    }

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
    public async Task TryLock_Held_FailsForEveryoneUntilUnlocked()
    {
        Assert.True(await LockAsync("one"));
        Assert.False(await LockAsync("two"));
        Assert.False(await LockAsync("one"));

        Assert.Equal(UnlockResult.Success, await Store.UnlockAsync(_resource, "one", Cancelled));
        Assert.True(await LockAsync("two"));
    }

    [Fact]
    public async Task TryLock_ManyAtOnce_ExactlyOneGetsIt()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(() => LockAsync($"owner-{number}"), Cancelled)));
        Assert.Single(outcomes, locked => locked);
    }

    [Fact]
    public async Task TryLock_OtherResource_IsIndependent()
    {
        Assert.True(await LockAsync("one"));
        Assert.True(await Store.TryLockAsync(_resource + "-2", "two", TimeSpan.FromSeconds(10), Cancelled));
    }

    [Fact]
    public async Task Unlock_NotTheOwner_ChangesNothing()
    {
        await LockAsync("one");
        Assert.Equal(UnlockResult.LockBelongsToOthers, await Store.UnlockAsync(_resource, "two", Cancelled));
        Assert.False(await LockAsync("two"));
    }

    [Fact]
    public async Task Unlock_Nothing_SaysSo() =>
        Assert.Equal(UnlockResult.LockDoesNotExist, await Store.UnlockAsync(_resource, "one", Cancelled));

    [Fact]
    public async Task Expiry_Passed_TheLockIsFreeAndNoLongerItsOwners()
    {
        await LockAsync("one");
        await PassAsync(TimeSpan.FromSeconds(9));
        Assert.False(await LockAsync("two"));
        await PassAsync(TimeSpan.FromSeconds(2));

        Assert.Equal(UnlockResult.LockDoesNotExist, await Store.UnlockAsync(_resource, "one", Cancelled));
        Assert.True(await LockAsync("two"));
        Assert.Equal(UnlockResult.LockBelongsToOthers, await Store.UnlockAsync(_resource, "one", Cancelled));
    }

    private Task<bool> LockAsync(string owner) => Store.TryLockAsync(_resource, owner, TimeSpan.FromSeconds(10), Cancelled);
}
