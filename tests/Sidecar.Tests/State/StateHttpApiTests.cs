using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Argosy.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Argosy.Sidecar.Tests.State;

/// <summary>Status codes, headers and bodies of the HTTP front.</summary>
public sealed class StateHttpApiTests(StateApiFixture fixture) : IClassFixture<StateApiFixture>
{
    private readonly string _key = $"k-{Guid.NewGuid():n}";

    public static TheoryData<string> Stores => ["sqlite", "memory"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Stores))]
    public async Task SaveAndGet_Json_ReturnsItAsGoWritesIt(string store)
    {
        using var saved = await SaveAsync(store, $$$"""[{"key":"{{{_key}}}","value":{"b":2,"a":"<x>"}}]""");
        Assert.Equal(HttpStatusCode.NoContent, saved.StatusCode);

        using var got = await GetAsync(store, _key);

        Assert.Equal(HttpStatusCode.OK, got.StatusCode);
        Assert.Equal("application/json", got.Content.Headers.ContentType!.ToString());
        Assert.Equal("""{"a":"\u003cx\u003e","b":2}""", await BodyAsync(got));
        Assert.False(string.IsNullOrEmpty(ETag(got)));
        Assert.False(got.Headers.Contains("metadata.ttlExpireTime"));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Get_MissingKey_Is204(string store)
    {
        using var got = await GetAsync(store, _key);
        Assert.Equal(HttpStatusCode.NoContent, got.StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Save_EmptyArray_Is204(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v1.0/state/sqlite") { Content = Json("[]") };
        using var answer = await fixture.Http.SendAsync(request, Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"key":"a"}""")]
    [InlineData("""[{"key":5,"value":1}]""")]
    [InlineData("""[{"value":1}]""")]
    [InlineData("""[{"key":"","value":1}]""")]
    [InlineData("""[{"key":"a||b","value":1}]""")]
    [InlineData("""[{"key":"a","value":1e999}]""")]
    public async Task Save_MalformedBody_Is400(string body)
    {
        using var answer = await SaveAsync("sqlite", body);
        await AssertErrorAsync(answer, HttpStatusCode.BadRequest, "ERR_MALFORMED_REQUEST");
    }

    [Theory]
    [InlineData("""{"concurrency":"best"}""", "")]
    [InlineData("""{"consistency":"total"}""", "")]
    [InlineData("{}", """,{"ttlInSeconds":"soon"}""")]
    [InlineData("{}", """,{"ttlInSeconds":"-2"}""")]
    public async Task Save_UnknownOption_Is500AndStoresNothing(string options, string metadata)
    {
        using var answer = await SaveAsync("sqlite",
            $$$"""[{"key":"{{{_key}}}-ok","value":1},{"key":"{{{_key}}}","value":1,"options":{{{options}}},"metadata":{{{(metadata.Length > 0 ? metadata[1..] : "{}")}}}}]""");

        await AssertErrorAsync(answer, HttpStatusCode.InternalServerError, "ERR_STATE_SAVE");
        using var got = await GetAsync("sqlite", _key + "-ok");
        Assert.Equal(HttpStatusCode.NoContent, got.StatusCode);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Save_StaleETag_Is409(string store)
    {
        using var first = await SaveAsync(store, $$$"""[{"key":"{{{_key}}}","value":1}]""");
        using var got = await GetAsync(store, _key);
        var etag = ETag(got);
        using var second = await SaveAsync(store, $$$"""[{"key":"{{{_key}}}","value":2,"etag":"{{{etag}}}","options":{"concurrency":"first-write","consistency":"strong"}}]""");
        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);

        using var third = await SaveAsync(store, $$$"""[{"key":"{{{_key}}}","value":3,"etag":"{{{etag}}}"}]""");
        await AssertErrorAsync(third, HttpStatusCode.Conflict, "ERR_STATE_SAVE");
        using var create = await SaveAsync(store, $$$"""[{"key":"{{{_key}}}","value":3,"options":{"concurrency":"first-write"}}]""");
        await AssertErrorAsync(create, HttpStatusCode.Conflict, "ERR_STATE_SAVE");
    }

    [Fact]
    public async Task Save_OneOfSeveralRefused_StoresTheOthers()
    {
        using var answer = await SaveAsync("sqlite", $$$"""[{"key":"{{{_key}}}","value":1,"etag":"wrong"},{"key":"{{{_key}}}-2","value":2}]""");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        using var got = await GetAsync("sqlite", _key + "-2");
        Assert.Equal("2", await BodyAsync(got));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Delete_WithETag_OnlyThatVersion(string store)
    {
        using var saved = await SaveAsync(store, $$$"""[{"key":"{{{_key}}}","value":1}]""");
        using var stale = await DeleteAsync(store, "stale");
        await AssertErrorAsync(stale, HttpStatusCode.Conflict, "ERR_STATE_DELETE");

        using var got = await GetAsync(store, _key);
        using var deleted = await DeleteAsync(store, ETag(got));
        using var again = await DeleteAsync(store, null);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task Delete_UnknownOption_Is500()
    {
        using var answer = await fixture.Http.DeleteAsync(new Uri($"/v1.0/state/sqlite/{_key}?concurrency=best", UriKind.Relative), Cancelled);
        await AssertErrorAsync(answer, HttpStatusCode.InternalServerError, "ERR_STATE_DELETE");
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task TimeToLive_FromItemOrQuery_IsReportedAndEnds(string store)
    {
        using var item = await SaveAsync(store, $$$"""[{"key":"{{{_key}}}","value":1,"metadata":{"ttlInSeconds":"1"}}]""");
        using var query = await fixture.Http.PostAsync(new Uri($"/v1.0/state/{store}?metadata.ttlInSeconds=3600", UriKind.Relative), Json($$$"""[{"key":"{{{_key}}}-q","value":1}]"""), Cancelled);

        using var got = await GetAsync(store, _key + "-q");
        var expires = DateTimeOffset.Parse(got.Headers.GetValues("metadata.ttlExpireTime").Single());
        Assert.InRange(expires, DateTimeOffset.UtcNow.AddSeconds(3500), DateTimeOffset.UtcNow.AddSeconds(3605));
        Assert.EndsWith("Z", got.Headers.GetValues("metadata.ttlExpireTime").Single());
        await Eventually.HoldsAsync("the item expires", async () =>
        {
            using var answer = await GetAsync(store, _key);
            return answer.StatusCode == HttpStatusCode.NoContent;
        });
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task BulkGet_SomeMissing_ListsEveryKey(string store)
    {
        using var saved = await SaveAsync(store, $$$"""[{"key":"{{{_key}}}","value":{"n":1},"metadata":{"ttlInSeconds":"3600"}}]""");

        using var answer = await fixture.Http.PostAsync(new Uri($"/v1.0/state/{store}/bulk", UriKind.Relative), Json($$$"""{"keys":["{{{_key}}}","{{{_key}}}-none"],"parallelism":4}"""), Cancelled);

        var items = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal(2, items.GetArrayLength());
        Assert.Equal(1, items[0].GetProperty("data").GetProperty("n").GetInt32());
        Assert.NotEmpty(items[0].GetProperty("etag").GetString()!);
        Assert.NotEmpty(items[0].GetProperty("metadata").GetProperty("ttlExpireTime").GetString()!);
        Assert.Equal($$$"""{"key":"{{{_key}}}-none"}""", items[1].GetRawText());
    }

    [Fact]
    public async Task BulkGet_NoKeys_IsAnEmptyArray()
    {
        using var answer = await fixture.Http.PostAsync(new Uri("/v1.0/state/sqlite/bulk", UriKind.Relative), Json("""{"keys":[]}"""), Cancelled);
        Assert.Equal("[]", await BodyAsync(answer));
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Transaction_Accepted_AppliesAll(string store)
    {
        using var saved = await SaveAsync(store, $$$"""[{"key":"{{{_key}}}-gone","value":1}]""");

        using var answer = await TransactAsync(store, $$$$"""
            {"operations":[{"operation":"upsert","request":{"key":"{{{{_key}}}}","value":{"x":1},"metadata":{"ttlInSeconds":"3600"}}},{"operation":"delete","request":{"key":"{{{{_key}}}}-gone"}}]}
            """);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using var got = await GetAsync(store, _key);
        using var gone = await GetAsync(store, _key + "-gone");
        Assert.Equal("""{"x":1}""", await BodyAsync(got));
        Assert.True(got.Headers.Contains("metadata.ttlExpireTime"));
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    [Theory, MemberData(nameof(Stores))]
    public async Task Transaction_StaleETag_Is500AndChangesNothing(string store)
    {
        using var answer = await TransactAsync(store, $$$"""
            {"operations":[{"operation":"upsert","request":{"key":"{{{_key}}}","value":1}},{"operation":"upsert","request":{"key":"{{{_key}}}-2","value":1,"etag":"wrong"}}]}
            """);

        await AssertErrorAsync(answer, HttpStatusCode.InternalServerError, "ERR_STATE_TRANSACTION");
        using var got = await GetAsync(store, _key);
        Assert.Equal(HttpStatusCode.NoContent, got.StatusCode);
    }

    [Fact]
    public async Task Transaction_UnknownOperation_Is400()
    {
        using var answer = await TransactAsync("sqlite", """{"operations":[{"operation":"increment","request":{"key":"a"}}]}""");
        await AssertErrorAsync(answer, HttpStatusCode.BadRequest, "ERR_NOT_SUPPORTED_STATE_OPERATION");
    }

    [Fact]
    public async Task Query_AnyStore_IsNotSupported()
    {
        using var answer = await fixture.Http.PostAsync(new Uri("/v1.0-alpha1/state/sqlite/query", UriKind.Relative), Json("{}"), Cancelled);
        await AssertErrorAsync(answer, HttpStatusCode.InternalServerError, "ERR_STATE_STORE_NOT_SUPPORTED");
    }

    [Theory]
    [InlineData("GET", "/v1.0/state/none/a", "")]
    [InlineData("DELETE", "/v1.0/state/none/a", "")]
    [InlineData("POST", "/v1.0/state/none", "[]")]
    [InlineData("POST", "/v1.0/state/none", "not JSON")]
    [InlineData("POST", "/v1.0/state/none/bulk", """{"keys":[]}""")]
    [InlineData("POST", "/v1.0/state/none/transaction", """{"operations":[]}""")]
    [InlineData("POST", "/v1.0-alpha1/state/none/query", "{}")]
    public async Task UnknownStore_EveryRoute_Is400(string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body.Length > 0 ? Json(body) : null };
        using var answer = await fixture.Http.SendAsync(request, Cancelled);
        var error = await AssertErrorAsync(answer, HttpStatusCode.BadRequest, "ERR_STATE_STORE_NOT_FOUND");
        Assert.Equal("DAPR_STATE_NOT_FOUND", error.GetProperty("details")[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("a%7C%7Cb", HttpStatusCode.BadRequest)]
    [InlineData("a%7Cb", HttpStatusCode.NoContent)]
    public async Task Get_KeyWithSeparator_IsRefused(string key, HttpStatusCode expected)
    {
        using var answer = await GetAsync("sqlite", key);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("a b/c", "a%20b%2Fc")]
    [InlineData("a b", "a+b")]
    [InlineData("a+b", "a%2Bb")]
    [InlineData("100%", "100%25")]
    [InlineData("ключ 🛒", "%D0%BA%D0%BB%D1%8E%D1%87%20%F0%9F%9B%92")]
    public async Task Key_EscapedInThePath_IsDecodedOnce(string key, string escaped)
    {
        using var saved = await SaveAsync("memory", JsonSerializer.Serialize(new[] { new { key = _key + key, value = "here" } }));
        using var got = await GetAsync("memory", _key + escaped);
        Assert.Equal("\"here\"", await BodyAsync(got));
    }

    [Theory]
    [InlineData("sqlite", "basket||")]
    [InlineData("by-name", "by-name||")]
    [InlineData("by-none", "")]
    [InlineData("by-literal", "shop||")]
    [InlineData("by-namespace", "basket||")]
    public async Task KeyPrefix_Strategy_DecidesTheStoredKey(string store, string prefix)
    {
        using var saved = await SaveAsync(store, $$$"""[{"key":"{{{_key}}}","value":"{{{store}}}"}]""");

        using var connection = new SqliteConnection($"Data Source={fixture.Database};Pooling=False");
        await connection.OpenAsync(Cancelled);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM state WHERE key = $key";
        command.Parameters.AddWithValue("$key", prefix + _key);
        Assert.Equal($"\"{store}\"", await command.ExecuteScalarAsync(Cancelled));
        using var got = await GetAsync(store, _key);
        Assert.Equal($"\"{store}\"", await BodyAsync(got));
    }

    [Fact]
    public async Task Save_NullOrMissingValue_IsJsonNull()
    {
        using var saved = await SaveAsync("sqlite", $$$"""[{"key":"{{{_key}}}"},{"key":"{{{_key}}}-2","value":null}]""");
        using var missing = await GetAsync("sqlite", _key);
        using var given = await GetAsync("sqlite", _key + "-2");
        Assert.Equal(["null", "null"], [await BodyAsync(missing), await BodyAsync(given)]);
    }

    private Task<HttpResponseMessage> SaveAsync(string store, string body) => fixture.Http.PostAsync(new Uri($"/v1.0/state/{store}", UriKind.Relative), Json(body), Cancelled);

    private Task<HttpResponseMessage> GetAsync(string store, string key) => fixture.Http.GetAsync(new Uri($"/v1.0/state/{store}/{key}", UriKind.Relative), Cancelled);

    private Task<HttpResponseMessage> TransactAsync(string store, string body) => fixture.Http.PostAsync(new Uri($"/v1.0/state/{store}/transaction", UriKind.Relative), Json(body), Cancelled);

    private async Task<HttpResponseMessage> DeleteAsync(string store, string? etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/v1.0/state/{store}/{_key}");
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await fixture.Http.SendAsync(request, Cancelled);
    }

    // daprd's ETags carry no quotation marks, so HttpClient's typed header does not know them.
    private static string ETag(HttpResponseMessage answer) => answer.Headers.NonValidated["ETag"].ToString();

    private static Task<string> BodyAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancelled);

    private static async Task<JsonElement> AssertErrorAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal((status, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal(code, body.GetProperty("errorCode").GetString());
        Assert.NotEmpty(body.GetProperty("message").GetString()!);
        return body;
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
