using Dapr.Client;
using Xunit;

namespace Argosy.Conformance.DotNetSdk;

/// <summary>State through <see cref="DaprClient"/> (contract 2.2 and 3.5).</summary>
public sealed class StateTests(SdkApp app) : IClassFixture<SdkApp>
{
    private readonly DaprClient _dapr = app.Client;
    private readonly string _key = Guid.NewGuid().ToString();

    public static TheoryData<string> Stores => ["statestore", "memorystore"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Get_MissingKey_IsDefault(string store) => Assert.Null(await _dapr.GetStateAsync<Cargo>(store, _key, cancellationToken: Ct));

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task SaveGetDelete_RoundTrip(string store)
    {
        var cargo = Cargo.New();
        await _dapr.SaveStateAsync(store, _key, cargo, cancellationToken: Ct);
        Assert.Equal(cargo, await _dapr.GetStateAsync<Cargo>(store, _key, cancellationToken: Ct));
        await _dapr.DeleteStateAsync(store, _key, cancellationToken: Ct);
        Assert.Null(await _dapr.GetStateAsync<Cargo>(store, _key, cancellationToken: Ct));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task TrySave_StaleETag_IsRefused(string store)
    {
        await _dapr.SaveStateAsync(store, _key, "first", cancellationToken: Ct);
        var (_, etag) = await _dapr.GetStateAndETagAsync<string>(store, _key, cancellationToken: Ct);
        Assert.True(await _dapr.TrySaveStateAsync(store, _key, "second", etag, cancellationToken: Ct));
        Assert.False(await _dapr.TrySaveStateAsync(store, _key, "third", etag, cancellationToken: Ct));
        Assert.Equal("second", await _dapr.GetStateAsync<string>(store, _key, cancellationToken: Ct));
        Assert.False(await _dapr.TryDeleteStateAsync(store, _key, etag, cancellationToken: Ct));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Transaction_OneStaleETag_ChangesNothing(string store)
    {
        var other = Guid.NewGuid().ToString();
        await _dapr.SaveStateAsync(store, _key, "first", cancellationToken: Ct);
        var (_, etag) = await _dapr.GetStateAndETagAsync<string>(store, _key, cancellationToken: Ct);
        await _dapr.SaveStateAsync(store, _key, "second", cancellationToken: Ct);
        StateTransactionRequest[] operations =
        [
            new(other, "\"new\""u8.ToArray(), StateOperationType.Upsert),
            new(_key, "\"third\""u8.ToArray(), StateOperationType.Upsert, etag, options: new StateOptions { Concurrency = ConcurrencyMode.FirstWrite }),
        ];
        await Assert.ThrowsAnyAsync<Exception>(() => _dapr.ExecuteStateTransactionAsync(store, operations, cancellationToken: Ct));
        Assert.Null(await _dapr.GetStateAsync<string>(store, other, cancellationToken: Ct));
        Assert.Equal("second", await _dapr.GetStateAsync<string>(store, _key, cancellationToken: Ct));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Save_TimeToLiveOver_IsGone(string store)
    {
        await _dapr.SaveStateAsync(store, _key, "brief", metadata: new Dictionary<string, string> { ["ttlInSeconds"] = "1" }, cancellationToken: Ct);
        Assert.Equal("brief", await _dapr.GetStateAsync<string>(store, _key, cancellationToken: Ct));
        await Testing.Eventually.HoldsAsync("the value expires", async () => await _dapr.GetStateAsync<string>(store, _key, cancellationToken: Ct) is null);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Bulk_SaveReadDelete(string store)
    {
        string[] keys = [Guid.NewGuid().ToString(), Guid.NewGuid().ToString()];
        await _dapr.SaveBulkStateAsync(store, [.. keys.Select(key => new SaveStateItem<string>(key, "value-" + key, ""))], cancellationToken: Ct);
        var items = await _dapr.GetBulkStateAsync<string>(store, [.. keys, "missing"], parallelism: null, cancellationToken: Ct);
        Assert.All(keys, key => Assert.Equal("value-" + key, items.Single(item => item.Key == key).Value));
        await _dapr.DeleteBulkStateAsync(store, [.. keys.Select(key => new BulkDeleteStateItem(key, ""))], cancellationToken: Ct);
        Assert.Null(await _dapr.GetStateAsync<string>(store, keys[0], cancellationToken: Ct));
    }

    [Fact]
    public async Task Get_UnknownStore_IsInvalidArgument()
    {
        var failure = await Assert.ThrowsAsync<Dapr.DaprException>(() => _dapr.GetStateAsync<string>("nostore", _key, cancellationToken: Ct));
        Assert.Equal(Grpc.Core.StatusCode.InvalidArgument, Assert.IsType<Grpc.Core.RpcException>(failure.InnerException).StatusCode);
    }

    [Fact]
    public async Task Save_SidecarKilled_IsStillThere()
    {
        await using var sidecar = new ConformanceSidecar();
        await sidecar.StartAsync();
        using var dapr = new DaprClientBuilder().UseHttpEndpoint(sidecar.Process.HttpEndpoint).UseGrpcEndpoint(sidecar.Process.GrpcEndpoint).Build();
        await dapr.SaveStateAsync("statestore", _key, "kept", cancellationToken: Ct);
        sidecar.Process.Kill();
        await sidecar.Process.StartAsync();
        Assert.Equal("kept", await dapr.GetStateAsync<string>("statestore", _key, cancellationToken: Ct));
    }
}
