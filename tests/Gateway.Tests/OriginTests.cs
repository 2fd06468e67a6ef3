using Argosy.Gateway.Tests.Hosting;

namespace Argosy.Gateway.Tests;

/// <summary>Where the shop is, as services are told and as proxies in front say.</summary>
public sealed class OriginTests(EdgeFixture edge)
{
    private static readonly (string, string) Csrf = ("X-Argosy-CSRF", "1");

    [Fact]
    public async Task GuestRoute_IsToldTheOriginTheBrowserSeesAndNeverTheClientsOwnHeader()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("POST", "/api/orders", "{}", Csrf, ("X-Argosy-Origin", "https://evil.example"));
        Assert.Equal(edge.Gateway.Address.GetLeftPart(UriPartial.Authority), (await answer.EchoAsync()).Headers["X-Argosy-Origin"]);
        using var anonymous = await http.SendAsync("GET", "/api/catalog/products", null, ("X-Argosy-Origin", "https://evil.example"));
        Assert.False((await anonymous.EchoAsync()).Headers.ContainsKey("X-Argosy-Origin"));
    }

    [Fact]
    public async Task PublicUrl_Set_IsTheOriginWhateverTheRequestSays()
    {
        var gateway = await edge.StartGatewayAsync(("PublicUrl", "https://Shop.Example:443/"));
        using var http = gateway.Client();
        using var answer = await http.SendAsync("GET", "/api/orders", null, ("Host", "evil.example"));
        Assert.Equal("https://shop.example", (await answer.EchoAsync()).Headers["X-Argosy-Origin"]);
    }

    [Theory]
    [InlineData("PublicUrl", "shop.example")]
    [InlineData("PublicUrl", "https://shop.example/store")]
    [InlineData("PublicUrl", "ftp://shop.example")]
    [InlineData("TrustedProxies", "10.0.0.0/8, everyone")]
    [InlineData("Hubs__Address", "notification:8080")]
    public async Task Setting_Wrong_StopsTheStartAndIsNamed(string name, string value)
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => edge.StartGatewayAsync((name, value)));
        Assert.Contains(name.Split("__")[^1], failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_Trusted_IsBelievedAboutSchemeAndAddress()
    {
        var gateway = await edge.StartGatewayAsync(("TrustedProxies", "10.0.0.0/8, 127.0.0.0/8"), ("RateLimits__WritesPerSecond", "2"));
        using var http = gateway.Client();
        using var answer = await http.SendAsync("GET", "/api/orders", null, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "203.0.113.7"), ("Host", "shop.example"));
        Assert.Equal("https://shop.example", (await answer.EchoAsync()).Headers["X-Argosy-Origin"]);
        Assert.Contains("secure", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
        Assert.True(answer.Headers.Contains("Strict-Transport-Security"));

        // The second address is another proxy of ours, so the first is the client.
        Assert.Contains(429, await WriteAsync(http, "203.0.113.7, 10.0.0.1"));
        Assert.DoesNotContain(429, (await WriteAsync(http, "203.0.113.8, 10.0.0.1"))[..3]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/8")]
    public async Task Proxy_Unknown_IsNotBelieved(string trusted)
    {
        var gateway = await edge.StartGatewayAsync(("TrustedProxies", trusted), ("RateLimits__WritesPerSecond", "2"));
        using var http = gateway.Client();
        using var answer = await http.SendAsync("GET", "/api/orders", null, ("X-Forwarded-Proto", "https"), ("Host", "shop.example"));
        Assert.Equal("http://shop.example", (await answer.EchoAsync()).Headers["X-Argosy-Origin"]);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        await WriteAsync(http, "203.0.113.7");
        Assert.Contains(429, (await WriteAsync(http, "203.0.113.8"))[..3]);
    }

    private static async Task<List<int>> WriteAsync(HttpClient http, string forwardedFor)
    {
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await http.SendAsync("POST", "/api/orders", "{}", Csrf, ("X-Forwarded-For", forwardedFor));
            statuses.Add((int)answer.StatusCode);
        }
        return statuses;
    }
}
