using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Argosy.Testing;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Xunit;

#pragma warning disable DAPR_DISTRIBUTEDLOCK // The SDK marks the lock API as experimental.

namespace Argosy.Sidecar.Tests.Locks;

/// <summary>The lock API of real sidecar processes, over HTTP and through the official SDK.</summary>
public sealed class LockApiTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private SidecarProcess _sidecar = null!;
    private DaprClient _dapr = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder.Write("resources/locks.yaml", string.Join("\n---\n",
            ComponentYaml.Of("lockstore", "lock.sqlite", "connectionString: locks.db"),
            ComponentYaml.Of("by-name", "lock.sqlite", "connectionString: locks.db", "keyPrefix: name"),
            ComponentYaml.Of("by-none", "lock.sqlite", "connectionString: locks.db", "keyPrefix: none")));
        _sidecar = new SidecarProcess(_folder.Path, "inventory");
        await _sidecar.StartAsync();
        _dapr = new DaprClientBuilder().UseGrpcEndpoint(_sidecar.GrpcEndpoint).Build();
    }

    public async ValueTask DisposeAsync()
    {
        _dapr.Dispose();
        _http.Dispose();
        await _sidecar.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Http_LockAndUnlock_AnswersAsDaprd()
    {
        Assert.Equal("""{"success":true}""", await OkAsync("lock/lockstore", """{"resourceId":"r","lockOwner":"a","expiryInSeconds":60}"""));
        Assert.Equal("""{"success":false}""", await OkAsync("lock/lockstore", """{"resource_id":"r","lock_owner":"b","expiry_in_seconds":60}"""));
        Assert.Equal("""{"status":2}""", await OkAsync("unlock/lockstore", """{"resourceId":"r","lockOwner":"b"}"""));
        Assert.Equal("""{"status":0}""", await OkAsync("unlock/lockstore", """{"resourceId":"r","lockOwner":"a"}"""));
        Assert.Equal("""{"status":1}""", await OkAsync("unlock/lockstore", """{"resourceId":"r","lockOwner":"a"}"""));
    }

    [Theory]
    [InlineData("lock/lockstore", """{"resourceId":"r","lockOwner":"a"}""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("lock/lockstore", """{"resourceId":"r","lockOwner":"a","expiryInSeconds":-1}""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("lock/lockstore", """{"lockOwner":"a","expiryInSeconds":1}""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("lock/lockstore", """{"resourceId":"r","expiryInSeconds":1}""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("lock/lockstore", "no JSON", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("lock/lockstore", """{"resourceId":"r","lockOwner":"a","expiryInSeconds":"soon"}""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("lock/lockstore", """{"resourceId":"r||s","lockOwner":"a","expiryInSeconds":1}""", 500, "ERR_TRY_LOCK")]
    [InlineData("lock/none", """{"resourceId":"r","lockOwner":"a","expiryInSeconds":1}""", 400, "ERR_LOCK_STORE_NOT_FOUND")]
    [InlineData("unlock/lockstore", """{"resourceId":"r"}""", 400, "ERR_MALFORMED_REQUEST")]
    [InlineData("unlock/lockstore", """{"resourceId":"r||s","lockOwner":"a"}""", 500, "ERR_UNLOCK")]
    [InlineData("unlock/none", """{"resourceId":"r","lockOwner":"a"}""", 400, "ERR_LOCK_STORE_NOT_FOUND")]
    public async Task Http_WrongRequest_AnswersAsDaprd(string path, string body, int status, string code)
    {
        using var answer = await PostAsync(path, body);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task Sdk_LockAndUnlock_RoundTrips()
    {
        Assert.True((await _dapr.Lock("lockstore", "sku-1", "me", 60, Cancelled)).Success);
        Assert.False((await _dapr.Lock("lockstore", "sku-1", "you", 60, Cancelled)).Success);
        Assert.Equal(LockStatus.LockBelongsToOthers, (await _dapr.Unlock("lockstore", "sku-1", "you", Cancelled)).status);
        Assert.Equal(LockStatus.Success, (await _dapr.Unlock("lockstore", "sku-1", "me", Cancelled)).status);
        Assert.Equal(LockStatus.LockDoesNotExist, (await _dapr.Unlock("lockstore", "sku-1", "me", Cancelled)).status);

        var failure = await Assert.ThrowsAsync<DaprException>(() => _dapr.Lock("none", "sku-1", "me", 60, Cancelled));
        Assert.Equal(StatusCode.InvalidArgument, ((RpcException)failure.InnerException!).StatusCode);
    }

    [Theory]
    [InlineData("lockstore", "lock||inventory||")]
    [InlineData("by-name", "lock||by-name||")]
    [InlineData("by-none", "lock||")]
    public async Task KeyPrefix_Strategy_DecidesTheStoredResource(string store, string prefix)
    {
        Assert.True((await _dapr.Lock(store, "r", "me", 60, Cancelled)).Success);

        using var connection = new SqliteConnection($"Data Source={_folder.File("locks.db")};Pooling=False");
        await connection.OpenAsync(Cancelled);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT resource FROM locks";
        Assert.Equal(prefix + "r", await command.ExecuteScalarAsync(Cancelled));
    }

    [Fact]
    public async Task Kill_HeldLock_IsStillHeldAndStillExpires()
    {
        Assert.True((await _dapr.Lock("lockstore", "long", "me", 600, Cancelled)).Success);
        Assert.True((await _dapr.Lock("lockstore", "short", "me", 1, Cancelled)).Success);

        _sidecar.Kill();
        await _sidecar.StartAsync();

        Assert.False((await _dapr.Lock("lockstore", "long", "you", 60, Cancelled)).Success);
        Assert.Equal(LockStatus.Success, (await _dapr.Unlock("lockstore", "long", "me", Cancelled)).status);
        await Eventually.HoldsAsync("the lock expires", async () => (await _dapr.Lock("lockstore", "short", "you", 60, Cancelled)).Success);
    }

    private async Task<string> OkAsync(string path, string body)
    {
        using var answer = await PostAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) =>
        _http.PostAsync(new Uri($"{_sidecar.HttpEndpoint}/v1.0-alpha1/{path}"), new StringContent(body, Encoding.UTF8, "application/json"), Cancelled);
}
