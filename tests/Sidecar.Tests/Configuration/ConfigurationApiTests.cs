using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Argosy.Testing;
using Dapr;
using Dapr.Client;
using Grpc.Core;
using Xunit;

namespace Argosy.Sidecar.Tests.Configuration;

/// <summary>The configuration API of a real sidecar process, over HTTP with callbacks to the app and through the official SDK.</summary>
public sealed class ConfigurationApiTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly RecordingApp _app = new();
    private SidecarProcess _sidecar = null!;
    private HttpClient _http = null!;
    private DaprClient _dapr = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _folder.Write("resources/config.yaml", ComponentYaml.Of("configstore", "configuration.sqlite", "connectionString: config.db"));
        await _app.StartAsync();
        _sidecar = new SidecarProcess(_folder.Path, "app", _app.Port);
        await _sidecar.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_sidecar.HttpEndpoint) };
        _dapr = new DaprClientBuilder().UseGrpcEndpoint(_sidecar.GrpcEndpoint).Build();
        await PutAsync("theme", "dark");
    }

    public async ValueTask DisposeAsync()
    {
        _dapr.Dispose();
        _http.Dispose();
        await _sidecar.DisposeAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("v1.0-alpha1")]
    public async Task Http_Get_AnswersItemsOr204(string version)
    {
        await PutAsync("language", "en");

        Assert.Equal("""{"theme":{"value":"dark","version":"1"}}""", await GetAsync($"/{version}/configuration/configstore?key=theme&key=none", HttpStatusCode.OK));
        Assert.Equal(2, JsonDocument.Parse(await GetAsync($"/{version}/configuration/configstore", HttpStatusCode.OK)).RootElement.EnumerateObject().Count());
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
        var id = JsonDocument.Parse(await GetAsync("/v1.0/configuration/configstore/subscribe?key=theme", HttpStatusCode.OK)).RootElement.GetProperty("id").GetString()!;

        var clock = Stopwatch.StartNew();
        await PutAsync("theme", "light");
        await Eventually.HoldsAsync("the app is told", () => _app.PostsTo("/configuration/configstore/theme").Count == 1);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        var call = _app.PostsTo("/configuration/configstore/theme")[0];
        Assert.Equal($$$$"""{"id":"{{{{id}}}}","items":{"theme":{"value":"light","version":"2"}}}""", call.Body);
        Assert.Equal("application/json", call.Headers["Content-Type"]);

        Assert.Equal("""{"ok":true}""", await GetAsync($"/v1.0/configuration/configstore/{id}/unsubscribe", HttpStatusCode.OK));
        var failed = await GetAsync($"/v1.0/configuration/configstore/{id}/unsubscribe", HttpStatusCode.InternalServerError);
        Assert.Contains("subscription does not exist", JsonDocument.Parse(failed).RootElement.GetProperty("message").GetString());
        await GetAsync("/v1.0/configuration/configstore/subscribe?key=other", HttpStatusCode.OK);
        await PutAsync("theme", "blue");
        await PutAsync("other", "1");
        await Eventually.HoldsAsync("the other subscription is told", () => _app.PostsTo("/configuration/configstore/other").Count == 1);
        Assert.Single(_app.PostsTo("/configuration/configstore/theme"));
    }

    [Fact]
    public async Task Http_AppGoesAndComesBack_StartsWithoutSubscriptions()
    {
        await GetAsync("/v1.0/configuration/configstore/subscribe?key=theme", HttpStatusCode.OK);
        await _app.StopAsync();
        await Eventually.HoldsAsync("the sidecar notices", () => _sidecar.Output.Contains("no longer answers", StringComparison.Ordinal));
        await _app.StartAsync();
        await GetAsync("/v1.0/configuration/configstore/subscribe?key=theme", HttpStatusCode.OK);
        await GetAsync("/v1.0/configuration/configstore/subscribe?key=marker", HttpStatusCode.OK);

        await PutAsync("theme", "light");
        await PutAsync("marker", "1");

        await Eventually.HoldsAsync("the app is told", () => _app.PostsTo("/configuration/configstore/marker").Count == 1 && _app.PostsTo("/configuration/configstore/theme").Count > 0);
        Assert.Single(_app.PostsTo("/configuration/configstore/theme"));
    }

    [Fact]
    public async Task Http_SubscribeWithoutApp_Is500()
    {
        using var folder = new TempFolder();
        folder.Write("resources/config.yaml", ComponentYaml.Of("configstore", "configuration.sqlite", "connectionString: config.db"));
        await using var sidecar = new SidecarProcess(folder.Path, "lonely");
        await sidecar.StartAsync();
        using var answer = await _http.GetAsync(new Uri($"{sidecar.HttpEndpoint}/v1.0/configuration/configstore/subscribe"), Cancelled);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("ERR_APP_CHANNEL_NIL", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task Sdk_Get_ReturnsItems()
    {
        var answer = await _dapr.GetConfiguration("configstore", ["theme", "none"], cancellationToken: Cancelled);

        var item = Assert.Single(answer.Items);
        Assert.Equal(("theme", "dark", "1"), (item.Key, item.Value.Value, item.Value.Version));
        var failure = await Assert.ThrowsAsync<DaprException>(() => _dapr.GetConfiguration("none", [], cancellationToken: Cancelled));
        Assert.Equal(StatusCode.InvalidArgument, ((RpcException)failure.InnerException!).StatusCode);
    }

    [Fact]
    public async Task Sdk_Subscribe_StreamsChangesUntilUnsubscribed()
    {
        var subscription = await _dapr.SubscribeConfiguration("configstore", ["theme"], cancellationToken: Cancelled);
        await using var changes = subscription.Source.GetAsyncEnumerator(Cancelled);
        Assert.True(await changes.MoveNextAsync());
        Assert.Empty(changes.Current);

        await PutAsync("theme", "light");
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal("light", changes.Current["theme"].Value);

        var next = changes.MoveNextAsync();
        Assert.True((await _dapr.UnsubscribeConfiguration("configstore", subscription.Id, Cancelled)).Ok);
        Assert.False(await next);
        Assert.False((await _dapr.UnsubscribeConfiguration("configstore", subscription.Id, Cancelled)).Ok);
    }

    [Fact]
    public async Task Stop_OpenStream_DoesNotHoldTheProcess()
    {
        var subscription = await _dapr.SubscribeConfiguration("configstore", ["theme"], cancellationToken: Cancelled);
        await using var changes = subscription.Source.GetAsyncEnumerator(Cancelled);
        Assert.True(await changes.MoveNextAsync());
        var pending = changes.MoveNextAsync();

        var clock = Stopwatch.StartNew();
        await _sidecar.StopAsync();

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 4);
        Assert.False(await pending);
    }

    private Task PutAsync(string key, string value) => ConfigurationFile.PutAsync(_folder.File("config.db"), key, value);

    private async Task<string> GetAsync(string path, HttpStatusCode expected)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), Cancelled);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }
}
