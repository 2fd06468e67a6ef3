using System.Net;
using Argosy.ServiceDefaults.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.ServiceDefaults.Tests.Http;

public sealed class AppTokenTests
{
    [Theory]
    [InlineData("/things", null, 401)]
    [InlineData("/things", "wrong", 401)]
    [InlineData("/things", "", 401)]
    [InlineData("/things", "secre", 401)]
    [InlineData("/things", "secret", 200)]
    [InlineData("/dapr/subscribe", null, 401)]
    [InlineData("/openapi/v1.json", null, 401)]
    [InlineData("/unknown", null, 401)]
    [InlineData("/healthy", null, 401)]
    [InlineData("/health/live", null, 200)]
    [InlineData("/metrics", null, 200)]
    [InlineData("/metrics/x", null, 401)]
    public async Task Request_WithOrWithoutToken_IsServedOrRefused(string path, string? token, int status)
    {
        await using var service = await TestService.StartAsync(map: app => app.MapGet("/things", () => "ok"), settings: ("APP_API_TOKEN", "secret"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (token is not null)
            request.Headers.TryAddWithoutValidation("dapr-api-token", token);
        using var answer = await service.Http.SendAsync(request);
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        if (status == 401)
            Assert.Contains("app-token-required", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/open", 404)]
    [InlineData("/open/things", 200)]
    [InlineData("/opened", 401)]
    [InlineData("/things", 401)]
    public async Task Request_WithoutToken_ReachesOpenPathsOnly(string path, int status)
    {
        await using var service = await TestService.StartAsync(
            map: app => app.MapGet("/open/things", () => "ok"),
            configure: builder => builder.Services.AddSingleton(OpenFor("/open")),
            settings: ("APP_API_TOKEN", "secret"));
        using var answer = await service.Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
    }

    private static ArgosyDefaultsOptions OpenFor(string path)
    {
        var options = new ArgosyDefaultsOptions { Service = "test" };
        options.OpenPaths.Add(path);
        return options;
    }
}
