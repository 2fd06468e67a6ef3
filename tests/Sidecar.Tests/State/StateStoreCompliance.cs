using System.Text;
using Argosy.Sidecar.State;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.State;

/// <summary>What every state store does alike. Each test has its own store, and its own keys, so that a shared server will do too.</summary>
public abstract class StateStoreCompliance : IAsyncLifetime
{
    private readonly string _prefix = $"test-{Guid.NewGuid():n}||";

    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero));

    private protected IStateStore Store { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private protected abstract Task<IStateStore> OpenAsync();

    /// <summary>Lets that much time pass for the store.</summary>
    protected virtual Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        return Task.CompletedTask;
    }

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (Store is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync();
        (Store as IDisposable)?.Dispose();
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the store stood on, after it is closed.</summary>
    protected virtual void Release()
    {
    }

    [Fact]
    public async Task Get_MissingKey_ReturnsNull() => Assert.Null(await Store.GetAsync(Key("none"), Cancelled));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upsert_ThenGet_ReturnsValueAndVersion(bool isJson)
    {
        await Store.ApplyAsync(new StateUpsert(Key("a"), Bytes("""{"name":"Jörg","n":[1,2]}"""), IsJson: isJson), Cancelled);

        var item = await Store.GetAsync(Key("a"), Cancelled);

        Assert.Equal("""{"name":"Jörg","n":[1,2]}""", Text(item));
        Assert.False(string.IsNullOrEmpty(item!.ETag));
        Assert.Null(item.ExpiresAt);
        Assert.Equal(Key("a"), item.Key);
    }

    [Fact]
    public async Task Upsert_ArbitraryBytes_ReturnsThemUnchanged()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        await Store.ApplyAsync(new StateUpsert(Key("bytes"), bytes), Cancelled);
        await Store.ApplyAsync(new StateUpsert(Key("empty"), ReadOnlyMemory<byte>.Empty), Cancelled);

        Assert.Equal(bytes, (await Store.GetAsync(Key("bytes"), Cancelled))!.Value.ToArray());
        Assert.Empty((await Store.GetAsync(Key("empty"), Cancelled))!.Value.ToArray());
    }

    [Fact]
    public async Task Upsert_BufferReusedByCaller_KeepsTheValueAsGiven()
    {
        var buffer = Bytes("first").ToArray();
        await Store.ApplyAsync(new StateUpsert(Key("a"), buffer), Cancelled);
        buffer.AsSpan().Clear();

        Assert.Equal("first", Text(await Store.GetAsync(Key("a"), Cancelled)));
    }

    [Fact]
    public async Task Upsert_Again_ReplacesValueAndVersion()
    {
        var first = await PutAsync("a", "one");
        var second = await PutAsync("a", "two");

        Assert.Equal("two", Text(await Store.GetAsync(Key("a"), Cancelled)));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Upsert_MatchingETag_Replaces()
    {
        var etag = await PutAsync("a", "one");
        await Store.ApplyAsync(new StateUpsert(Key("a"), Bytes("two"), etag), Cancelled);

        Assert.Equal("two", Text(await Store.GetAsync(Key("a"), Cancelled)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upsert_StaleETag_IsRefusedAndChangesNothing(bool firstWrite)
    {
        var stale = await PutAsync("a", "one");
        await PutAsync("a", "two");

        var refusal = await Assert.ThrowsAsync<ETagMismatchException>(() => Store.ApplyAsync(new StateUpsert(Key("a"), Bytes("three"), stale, firstWrite), Cancelled));

        Assert.Equal(Key("a"), refusal.Key);
        Assert.Equal("two", Text(await Store.GetAsync(Key("a"), Cancelled)));
    }

    [Fact]
    public async Task Upsert_EmptyETag_CountsAsNone()
    {
        await PutAsync("a", "one");
        await Store.ApplyAsync(new StateUpsert(Key("a"), Bytes("two"), ETag: ""), Cancelled);

        Assert.Equal("two", Text(await Store.GetAsync(Key("a"), Cancelled)));
    }

    [Fact]
    public async Task Upsert_FirstWriteWithoutETag_OnlyCreates()
    {
        await Store.ApplyAsync(new StateUpsert(Key("a"), Bytes("one"), FirstWrite: true), Cancelled);

        await Assert.ThrowsAsync<ETagMismatchException>(() => Store.ApplyAsync(new StateUpsert(Key("a"), Bytes("two"), FirstWrite: true), Cancelled));
        Assert.Equal("one", Text(await Store.GetAsync(Key("a"), Cancelled)));
    }

    [Fact]
    public async Task Upsert_FirstWriteByManyAtOnce_ExactlyOneWins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Task.Run(async () =>
        {
            try
            {
                await Store.ApplyAsync(new StateUpsert(Key("race"), Bytes($"{number}"), FirstWrite: true), Cancelled);
                return true;
            }
            catch (ETagMismatchException)
            {
                return false;
            }
        })));

        Assert.Single(outcomes, won => won);
    }

    [Fact]
    public async Task Delete_RemovesTheKeyAndIsRepeatable()
    {
        await PutAsync("a", "one");
        await Store.ApplyAsync(new StateDelete(Key("a")), Cancelled);
        await Store.ApplyAsync(new StateDelete(Key("a")), Cancelled);

        Assert.Null(await Store.GetAsync(Key("a"), Cancelled));
    }

    [Fact]
    public async Task Delete_StaleETag_IsRefused()
    {
        var stale = await PutAsync("a", "one");
        var current = await PutAsync("a", "two");

        await Assert.ThrowsAsync<ETagMismatchException>(() => Store.ApplyAsync(new StateDelete(Key("a"), stale), Cancelled));
        Assert.NotNull(await Store.GetAsync(Key("a"), Cancelled));

        await Store.ApplyAsync(new StateDelete(Key("a"), current), Cancelled);
        Assert.Null(await Store.GetAsync(Key("a"), Cancelled));
    }

    [Fact]
    public async Task GetMany_SomeMissing_ReturnsTheOthersOnce()
    {
        await PutAsync("a", "1");
        await PutAsync("b", "2");

        var items = await Store.GetManyAsync([Key("b"), Key("missing"), Key("a"), Key("a")], Cancelled);

        Assert.Equal(["1", "2"], items.Select(Text).Order());
    }

    [Fact]
    public async Task Transact_AllExpected_AppliesInOrder()
    {
        var etag = await PutAsync("a", "old");
        await Store.TransactAsync(
        [
            new StateUpsert(Key("a"), Bytes("new"), etag),
            new StateUpsert(Key("b"), Bytes("made")),
            new StateDelete(Key("b")),
            new StateUpsert(Key("c"), Bytes("first")),
            new StateUpsert(Key("c"), Bytes("second")),
        ], Cancelled);

        Assert.Equal("new", Text(await Store.GetAsync(Key("a"), Cancelled)));
        Assert.Null(await Store.GetAsync(Key("b"), Cancelled));
        Assert.Equal("second", Text(await Store.GetAsync(Key("c"), Cancelled)));
    }

    [Fact]
    public async Task Transact_OneRefused_ChangesNothing()
    {
        var kept = await PutAsync("a", "old");
        await PutAsync("gone", "here");
        var stale = await PutAsync("b", "1");
        await PutAsync("b", "2");

        await Assert.ThrowsAsync<ETagMismatchException>(() => Store.TransactAsync(
        [
            new StateUpsert(Key("a"), Bytes("new")),
            new StateDelete(Key("gone")),
            new StateUpsert(Key("c"), Bytes("new")),
            new StateUpsert(Key("b"), Bytes("3"), stale),
        ], Cancelled));

        Assert.Equal(kept, (await Store.GetAsync(Key("a"), Cancelled))!.ETag);
        Assert.Equal("old", Text(await Store.GetAsync(Key("a"), Cancelled)));
        Assert.NotNull(await Store.GetAsync(Key("gone"), Cancelled));
        Assert.Null(await Store.GetAsync(Key("c"), Cancelled));
        Assert.Equal("2", Text(await Store.GetAsync(Key("b"), Cancelled)));
    }

    [Fact]
    public async Task Transact_CountersFromManyWriters_LoseNoUpdate()
    {
        await PutAsync("n", "0");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < 20;)
            {
                var item = await Store.GetAsync(Key("n"), Cancelled);
                try
                {
                    await Store.TransactAsync([new StateUpsert(Key("n"), Bytes($"{int.Parse(Text(item)) + 1}"), item!.ETag)], Cancelled);
                    done++;
                }
                catch (ETagMismatchException)
                {
                    // Another was faster: read again.
                }
            }
        })));

        Assert.Equal("160", Text(await Store.GetAsync(Key("n"), Cancelled)));
    }

    [Fact]
    public async Task TimeToLive_Passed_TheKeyIsGoneForEveryOperation()
    {
        var etag = await PutAsync("a", "one", TimeSpan.FromSeconds(10));
        var alive = await Store.GetAsync(Key("a"), Cancelled);
        Assert.InRange(alive!.ExpiresAt!.Value, Time.GetUtcNow() + TimeSpan.FromSeconds(9), Time.GetUtcNow() + TimeSpan.FromSeconds(11));

        await PassAsync(TimeSpan.FromSeconds(9.5));
        Assert.NotNull(await Store.GetAsync(Key("a"), Cancelled));
        await PassAsync(TimeSpan.FromSeconds(1.5));

        Assert.Null(await Store.GetAsync(Key("a"), Cancelled));
        Assert.Empty(await Store.GetManyAsync([Key("a")], Cancelled));
        Assert.Empty(await Store.GetKeysAsync(_prefix, Cancelled));
        await Assert.ThrowsAsync<ETagMismatchException>(() => Store.ApplyAsync(new StateUpsert(Key("a"), Bytes("two"), etag), Cancelled));
        await Assert.ThrowsAsync<ETagMismatchException>(() => Store.ApplyAsync(new StateDelete(Key("a"), etag), Cancelled));
        await Store.ApplyAsync(new StateUpsert(Key("a"), Bytes("again"), FirstWrite: true), Cancelled);
        Assert.Equal("again", Text(await Store.GetAsync(Key("a"), Cancelled)));
    }

    [Fact]
    public async Task TimeToLive_WrittenAgainWithoutOne_NoLongerExpires()
    {
        await PutAsync("a", "one", TimeSpan.FromSeconds(5));
        await PutAsync("a", "two");
        await PutAsync("b", "two", TimeSpan.FromSeconds(-1));
        await PassAsync(TimeSpan.FromSeconds(10));

        Assert.Null((await Store.GetAsync(Key("a"), Cancelled))!.ExpiresAt);
        Assert.NotNull(await Store.GetAsync(Key("b"), Cancelled));
    }

    [Fact]
    public async Task GetKeys_Prefix_ReturnsExactlyThoseInOrder()
    {
        await PutAsync("b-2", "x");
        await PutAsync("b-10", "x");
        await PutAsync("b_", "x");
        await PutAsync("c", "x");
        await PutAsync("b-ü", "x");

        Assert.Equal([Key("b-10"), Key("b-2"), Key("b-ü")], await Store.GetKeysAsync(Key("b-"), Cancelled));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a'; DROP TABLE state; --")]
    [InlineData("per%cent_under")]
    [InlineData("emoji 🛒 ключ")]
    public async Task Key_AnyCharacters_IsKeptApart(string name)
    {
        await PutAsync(name, "mine");
        await PutAsync(name + "x", "other");

        Assert.Equal("mine", Text(await Store.GetAsync(Key(name), Cancelled)));
    }

    private string Key(string name) => _prefix + name;

    private async Task<string> PutAsync(string name, string value, TimeSpan? life = null)
    {
        await Store.ApplyAsync(new StateUpsert(Key(name), Bytes(value), TimeToLive: life), Cancelled);
        return (await Store.GetAsync(Key(name), Cancelled))?.ETag ?? "";
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(StateItem? item) => Encoding.UTF8.GetString(item!.Value.Span);
}
