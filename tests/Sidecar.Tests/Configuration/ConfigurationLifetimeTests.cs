using System.Diagnostics;
using System.Net;
using Argosy.Testing;
using Xunit;

namespace Argosy.Sidecar.Tests.Configuration;

/// <summary>Subscriptions when the app or the sidecar goes.</summary>
public sealed class ConfigurationLifetimeTests : IAsyncLifetime
{
    private readonly ConfigurationApiFixture _fixture = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Http_AppGoesAndComesBack_StartsWithoutSubscriptions()
    {
        await GetAsync("/v1.0/configuration/configstore/subscribe?key=theme", HttpStatusCode.OK);
        await _fixture.App.StopAsync();
        await Eventually.HoldsAsync("the sidecar notices", () => _fixture.Sidecar.Output.Contains("no longer answers", StringComparison.Ordinal));
        await _fixture.App.StartAsync();
        await GetAsync("/v1.0/configuration/configstore/subscribe?key=theme", HttpStatusCode.OK);
        await GetAsync("/v1.0/configuration/configstore/subscribe?key=marker", HttpStatusCode.OK);

        await _fixture.PutAsync("theme", "light");
        await _fixture.PutAsync("marker", "1");

        await Eventually.HoldsAsync("the app is told", () => _fixture.App.PostsTo("/configuration/configstore/marker").Count == 1 && _fixture.App.PostsTo("/configuration/configstore/theme").Count > 0);
        Assert.Single(_fixture.App.PostsTo("/configuration/configstore/theme"));
    }

    [Fact]
    public async Task Stop_OpenStream_DoesNotHoldTheProcess()
    {
        var subscription = await _fixture.Dapr.SubscribeConfiguration("configstore", ["theme"], cancellationToken: Cancelled);
        await using var changes = subscription.Source.GetAsyncEnumerator(Cancelled);
        Assert.True(await changes.MoveNextAsync());
        var pending = changes.MoveNextAsync();

        var clock = Stopwatch.StartNew();
        await _fixture.Sidecar.StopAsync();

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 4);
        Assert.False(await pending);
    }

    private async Task<string> GetAsync(string path, HttpStatusCode expected)
    {
        using var answer = await _fixture.Http.GetAsync(new Uri(path, UriKind.Relative), Cancelled);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancelled);
    }
}
