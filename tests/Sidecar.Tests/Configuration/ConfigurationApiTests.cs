using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Argosy.Testing;
using Dapr;
using Grpc.Core;
using Xunit;

namespace Argosy.Sidecar.Tests.Configuration;

/// <summary>The configuration API of a real sidecar process, over HTTP with callbacks to the app and through the official SDK. Each test has
/// its own keys.</summary>
public sealed class ConfigurationApiTests(ConfigurationApiFixture fixture) : IClassFixture<ConfigurationApiFixture>, IAsyncLifetime
{
    private readonly string _key = $"k-{Guid.NewGuid():n}";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fixture.PutAsync(_key, "dark");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("v1.0")]
    [InlineData("v1.0-alpha1")]
    public async Task Http_Get_AnswersItemsOr204(string version)
    {
        await fixture.PutAsync(_key + "-2", "en");

        Assert.Equal($$$"""{"{{{_key}}}":{"value":"dark","version":"1"}}""", await GetAsync($"/{version}/configuration/configstore?key={_key}&key=none", HttpStatusCode.OK));
        var all = JsonDocument.Parse(await GetAsync($"/{version}/configuration/configstore", HttpStatusCode.OK)).RootElement;
        Assert.Equal(("dark", "en"), (all.GetProperty(_key).GetProperty("value").GetString(), all.GetProperty(_key + "-2").GetProperty("value").GetString()));
        Assert.Equal("", await GetAsync($"/{version}/configuration/configstore?key=none", HttpStatusCode.NoContent));
    }

    [Theory]
    [InlineData("/v1.0/configuration/none")]
    [InlineData("/v1.0/configuration/none/subscribe")]
    [InlineData("/v1.0/configuration/none/id/unsubscribe")]
    public async Task Http_UnknownStore_Is400(string path) =>
        Assert.Contains("ERR_CONFIGURATION_STORE_NOT_FOUND", await GetAsync(path, HttpStatusCode.BadRequest));

    [Fact]
    public async Task Http_Subscribe_PostsChangesUntilUnsubscribed()
    {
        var id = JsonDocument.Parse(await GetAsync($"/v1.0/configuration/configstore/subscribe?key={_key}", HttpStatusCode.OK)).RootElement.GetProperty("id").GetString()!;

        var clock = Stopwatch.StartNew();
        await fixture.PutAsync(_key, "light");
        await Eventually.HoldsAsync("the app is told", () => fixture.App.PostsTo($"/configuration/configstore/{_key}").Count == 1);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        var call = fixture.App.PostsTo($"/configuration/configstore/{_key}")[0];
        Assert.Equal($$$$"""{"id":"{{{{id}}}}","items":{"{{{{_key}}}}":{"value":"light","version":"2"}}}""", call.Body);
        Assert.Equal("application/json", call.Headers["Content-Type"]);

        Assert.Equal("""{"ok":true}""", await GetAsync($"/v1.0/configuration/configstore/{id}/unsubscribe", HttpStatusCode.OK));
        var failed = await GetAsync($"/v1.0/configuration/configstore/{id}/unsubscribe", HttpStatusCode.InternalServerError);
        Assert.Contains("subscription does not exist", JsonDocument.Parse(failed).RootElement.GetProperty("message").GetString());
        await GetAsync($"/v1.0/configuration/configstore/subscribe?key={_key}-2", HttpStatusCode.OK);
        await fixture.PutAsync(_key, "blue");
        await fixture.PutAsync(_key + "-2", "1");
        await Eventually.HoldsAsync("the other subscription is told", () => fixture.App.PostsTo($"/configuration/configstore/{_key}-2").Count == 1);
        Assert.Single(fixture.App.PostsTo($"/configuration/configstore/{_key}"));
    }

    [Fact]
    public async Task Http_SubscribeWithoutApp_Is500()
    {
        using var folder = new TempFolder();
        folder.Write("resources/config.yaml", ComponentYaml.Of("configstore", "configuration.sqlite", "connectionString: config.db"));
        await using var sidecar = new SidecarProcess(folder.Path, "lonely");
        await sidecar.StartAsync();
        using var answer = await fixture.Http.GetAsync(new Uri($"{sidecar.HttpEndpoint}/v1.0/configuration/configstore/subscribe"), Cancelled);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("ERR_APP_CHANNEL_NIL", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task Sdk_Get_ReturnsItems()
    {
        var answer = await fixture.Dapr.GetConfiguration("configstore", [_key, "none"], cancellationToken: Cancelled);

        var item = Assert.Single(answer.Items);
        Assert.Equal((_key, "dark", "1"), (item.Key, item.Value.Value, item.Value.Version));
        var failure = await Assert.ThrowsAsync<DaprException>(() => fixture.Dapr.GetConfiguration("none", [], cancellationToken: Cancelled));
        Assert.Equal(StatusCode.InvalidArgument, ((RpcException)failure.InnerException!).StatusCode);
    }

    [Fact]
    public async Task Sdk_Subscribe_StreamsChangesUntilUnsubscribed()
    {
        var subscription = await fixture.Dapr.SubscribeConfiguration("configstore", [_key], cancellationToken: Cancelled);
        await using var changes = subscription.Source.GetAsyncEnumerator(Cancelled);
        Assert.True(await changes.MoveNextAsync());
        Assert.Empty(changes.Current);

        await fixture.PutAsync(_key, "light");
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal("light", changes.Current[_key].Value);

        var next = changes.MoveNextAsync();
        Assert.True((await fixture.Dapr.UnsubscribeConfiguration("configstore", subscription.Id, Cancelled)).Ok);
        Assert.False(await next);
        Assert.False((await fixture.Dapr.UnsubscribeConfiguration("configstore", subscription.Id, Cancelled)).Ok);
    }

    private async Task<string> GetAsync(string path, HttpStatusCode expected)
    {
        using var answer = await fixture.Http.GetAsync(new Uri(path, UriKind.Relative), Cancelled);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }
}
