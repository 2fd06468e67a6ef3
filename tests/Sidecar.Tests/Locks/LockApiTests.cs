using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Microsoft.Data.Sqlite;
using Xunit;

#pragma warning disable DAPR_DISTRIBUTEDLOCK // The SDK marks the lock API as experimental.

namespace Argosy.Sidecar.Tests.Locks;

/// <summary>The lock API of a real sidecar process, over HTTP and through the official SDK. Each test has its own resource.</summary>
public sealed class LockApiTests(LockApiFixture fixture) : IClassFixture<LockApiFixture>
{
    private readonly string _resource = Guid.NewGuid().ToString("n");
    private readonly DaprClient _dapr = fixture.Dapr;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Http_LockAndUnlock_AnswersAsDaprd()
    {
        Assert.Equal("""{"success":true}""", await OkAsync("lock/lockstore", $$"""{"resourceId":"{{_resource}}","lockOwner":"a","expiryInSeconds":60}"""));
        Assert.Equal("""{"success":false}""", await OkAsync("lock/lockstore", $$"""{"resource_id":"{{_resource}}","lock_owner":"b","expiry_in_seconds":60}"""));
        Assert.Equal("""{"status":2}""", await OkAsync("unlock/lockstore", $$"""{"resourceId":"{{_resource}}","lockOwner":"b"}"""));
        Assert.Equal("""{"status":0}""", await OkAsync("unlock/lockstore", $$"""{"resourceId":"{{_resource}}","lockOwner":"a"}"""));
        Assert.Equal("""{"status":1}""", await OkAsync("unlock/lockstore", $$"""{"resourceId":"{{_resource}}","lockOwner":"a"}"""));
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
        Assert.True((await _dapr.Lock("lockstore", _resource, "me", 60, Cancelled)).Success);
        Assert.False((await _dapr.Lock("lockstore", _resource, "you", 60, Cancelled)).Success);
        Assert.Equal(LockStatus.LockBelongsToOthers, (await _dapr.Unlock("lockstore", _resource, "you", Cancelled)).status);
        Assert.Equal(LockStatus.Success, (await _dapr.Unlock("lockstore", _resource, "me", Cancelled)).status);
        Assert.Equal(LockStatus.LockDoesNotExist, (await _dapr.Unlock("lockstore", _resource, "me", Cancelled)).status);

        var failure = await Assert.ThrowsAsync<DaprException>(() => _dapr.Lock("none", _resource, "me", 60, Cancelled));
        Assert.Equal(StatusCode.InvalidArgument, ((RpcException)failure.InnerException!).StatusCode);
    }

    [Theory]
    [InlineData("lockstore", "lock||inventory||")]
    [InlineData("by-name", "lock||by-name||")]
    [InlineData("by-none", "lock||")]
    public async Task KeyPrefix_Strategy_DecidesTheStoredResource(string store, string prefix)
    {
        Assert.True((await _dapr.Lock(store, _resource, "me", 60, Cancelled)).Success);

        using var connection = new SqliteConnection($"Data Source={fixture.Database};Pooling=False");
        await connection.OpenAsync(Cancelled);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT resource FROM locks WHERE resource = $resource";
        command.Parameters.AddWithValue("$resource", prefix + _resource);
        Assert.Equal(prefix + _resource, await command.ExecuteScalarAsync(Cancelled));
    }

    private async Task<string> OkAsync(string path, string body)
    {
        using var answer = await PostAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) =>
        fixture.Http.PostAsync(new Uri($"{fixture.Sidecar.HttpEndpoint}/v1.0-alpha1/{path}"), new StringContent(body, Encoding.UTF8, "application/json"), Cancelled);
}
