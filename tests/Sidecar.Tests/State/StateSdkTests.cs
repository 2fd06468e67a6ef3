using System.Text;
using Argosy.Testing;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Xunit;

namespace Argosy.Sidecar.Tests.State;

/// <summary>The gRPC front through the official .NET SDK.</summary>
public sealed class StateSdkTests(StateApiFixture fixture) : IClassFixture<StateApiFixture>
{
    private readonly string _key = $"k-{Guid.NewGuid():n}";
    private readonly DaprClient _dapr = fixture.Dapr;

    public static TheoryData<string> Stores => ["sqlite", "memory"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Stores))]
    public async Task SaveGetDelete_Object_RoundTrips(string store)
    {
        await _dapr.SaveStateAsync(store, _key, new Cart("c1", 3), cancellationToken: Cancelled);
        Assert.Equal(new Cart("c1", 3), await _dapr.GetStateAsync<Cart>(store, _key, cancellationToken: Cancelled));

        await _dapr.DeleteStateAsync(store, _key, cancellationToken: Cancelled);
        Assert.Null(await _dapr.GetStateAsync<Cart>(store, _key, cancellationToken: Cancelled));
        Assert.Equal((null, ""), await _dapr.GetStateAndETagAsync<Cart>(store, _key, cancellationToken: Cancelled));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task SaveByteState_AnyBytes_KeepsThem(string store)
    {
        var bytes = Encoding.UTF8.GetBytes("""{ "b": 1, "a": 2 }""").Append((byte)255).ToArray();
        await _dapr.SaveByteStateAsync(store, _key, bytes, cancellationToken: Cancelled);

        var read = await _dapr.GetByteStateAsync(store, _key, cancellationToken: Cancelled);
        Assert.Equal(bytes, read.ToArray());
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task SaveState_ContentTypeJson_IsWrittenAnew(string store)
    {
        await _dapr.SaveByteStateAsync(store, _key, """{ "b": 1, "a": 2 }"""u8.ToArray(), metadata: new Dictionary<string, string> { ["contentType"] = "application/json" }, cancellationToken: Cancelled);

        var read = await _dapr.GetByteStateAsync(store, _key, cancellationToken: Cancelled);
        Assert.Equal("""{"a":2,"b":1}""", Encoding.UTF8.GetString(read.Span));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task TrySave_StaleETag_ReturnsFalse(string store)
    {
        await _dapr.SaveStateAsync(store, _key, 1, cancellationToken: Cancelled);
        var (_, etag) = await _dapr.GetStateAndETagAsync<int>(store, _key, cancellationToken: Cancelled);

        Assert.True(await _dapr.TrySaveStateAsync(store, _key, 2, etag, cancellationToken: Cancelled));
        Assert.False(await _dapr.TrySaveStateAsync(store, _key, 3, etag, cancellationToken: Cancelled));
        Assert.False(await _dapr.TryDeleteStateAsync(store, _key, etag, cancellationToken: Cancelled));
        Assert.Equal(2, await _dapr.GetStateAsync<int>(store, _key, cancellationToken: Cancelled));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Save_FirstWriteOnExistingKey_IsAborted(string store)
    {
        var firstWrite = new StateOptions { Concurrency = ConcurrencyMode.FirstWrite };
        await _dapr.SaveStateAsync(store, _key, 1, firstWrite, cancellationToken: Cancelled);

        var failure = await Assert.ThrowsAsync<DaprException>(() => _dapr.SaveStateAsync(store, _key, 2, firstWrite, cancellationToken: Cancelled));
        Assert.Equal(StatusCode.Aborted, ((RpcException)failure.InnerException!).StatusCode);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Bulk_SaveGetDelete_HandlesEveryKey(string store)
    {
        var items = Enumerable.Range(0, 20).Select(i => new SaveStateItem<int>($"{_key}-{i}", i, "")).ToList();
        await _dapr.SaveBulkStateAsync(store, items, Cancelled);

        var read = await _dapr.GetBulkStateAsync<int>(store, [.. items.Select(item => item.Key), _key + "-none"], parallelism: 2, cancellationToken: Cancelled);
        Assert.Equal(Enumerable.Range(0, 20).Append(0), read.Select(item => item.Value));

        await _dapr.DeleteBulkStateAsync(store, [.. read.Take(10).Select(item => new BulkDeleteStateItem(item.Key, item.ETag))], Cancelled);
        var left = await _dapr.GetBulkStateAsync(store, [.. items.Select(item => item.Key)], parallelism: null, cancellationToken: Cancelled);
        Assert.Equal(10, left.Count(item => item.ETag.Length > 0));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task BulkDelete_StaleETag_IsAborted(string store)
    {
        await _dapr.SaveStateAsync(store, _key, 1, cancellationToken: Cancelled);
        var failure = await Assert.ThrowsAsync<DaprException>(() => _dapr.DeleteBulkStateAsync(store, [new BulkDeleteStateItem(_key, "stale")], Cancelled));
        Assert.Equal(StatusCode.Aborted, ((RpcException)failure.InnerException!).StatusCode);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Transaction_Operations_ApplyTogetherOrNotAtAll(string store)
    {
        await _dapr.SaveStateAsync(store, _key + "-gone", 1, cancellationToken: Cancelled);
        await _dapr.ExecuteStateTransactionAsync(store,
        [
            new StateTransactionRequest(_key, "1"u8.ToArray(), StateOperationType.Upsert, metadata: new Dictionary<string, string> { ["ttlInSeconds"] = "3600" }),
            new StateTransactionRequest(_key + "-gone", [], StateOperationType.Delete),
        ], cancellationToken: Cancelled);
        Assert.Equal(1, await _dapr.GetStateAsync<int>(store, _key, cancellationToken: Cancelled));
        Assert.Equal(0, await _dapr.GetStateAsync<int>(store, _key + "-gone", cancellationToken: Cancelled));

        var failure = await Assert.ThrowsAsync<DaprException>(() => _dapr.ExecuteStateTransactionAsync(store,
        [
            new StateTransactionRequest(_key, "2"u8.ToArray(), StateOperationType.Upsert),
            new StateTransactionRequest(_key + "-other", "2"u8.ToArray(), StateOperationType.Upsert, etag: "stale"),
        ], cancellationToken: Cancelled));
        Assert.Equal(StatusCode.Internal, ((RpcException)failure.InnerException!).StatusCode);
        Assert.Equal(1, await _dapr.GetStateAsync<int>(store, _key, cancellationToken: Cancelled));
    }

    [Theory]
    [InlineData("none", "key", StatusCode.InvalidArgument)]
    [InlineData("sqlite", "a||b", StatusCode.InvalidArgument)]
    public async Task Get_WrongStoreOrKey_IsInvalidArgument(string store, string key, StatusCode expected)
    {
        var failure = await Assert.ThrowsAsync<DaprException>(() => _dapr.GetStateAsync<int>(store, key, cancellationToken: Cancelled));
        Assert.Equal(expected, ((RpcException)failure.InnerException!).StatusCode);
    }

    [Fact]
    public async Task Query_AnyStore_IsInternal()
    {
#pragma warning disable CS0618 // The SDK marks the query API as obsolete; applications may still call it.
        var failure = await Assert.ThrowsAsync<DaprException>(() => _dapr.QueryStateAsync<int>("sqlite", "{}", cancellationToken: Cancelled));
#pragma warning restore CS0618
        Assert.Equal(StatusCode.Internal, ((RpcException)failure.InnerException!).StatusCode);
    }

    [Fact]
    public async Task NoStoreAtAll_IsFailedPreconditionAnd500()
    {
        using var folder = new TempFolder();
        await using var sidecar = new SidecarProcess(folder.Path, "lonely");
        await sidecar.StartAsync();
        using var client = new DaprClientBuilder().UseGrpcEndpoint(sidecar.GrpcEndpoint).Build();
        using var http = new HttpClient();

        var failure = await Assert.ThrowsAsync<DaprException>(() => client.GetStateAsync<int>("sqlite", "a", cancellationToken: Cancelled));
        using var answer = await http.GetAsync(new Uri(sidecar.HttpEndpoint + "/v1.0/state/sqlite/a"), Cancelled);

        Assert.Equal(StatusCode.FailedPrecondition, ((RpcException)failure.InnerException!).StatusCode);
        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Contains("ERR_STATE_STORE_NOT_CONFIGURED", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    private sealed record Cart(string Id, int Items);
}
