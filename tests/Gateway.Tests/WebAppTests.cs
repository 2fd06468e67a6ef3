using Argosy.Gateway.Tests.Hosting;

namespace Argosy.Gateway.Tests;

public sealed class WebAppTests(EdgeFixture edge)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/products/red-shoe")]
    [InlineData("/orders/019")]
    public async Task Page_IsTheStartPageAndAskedAboutEachTime(string path)
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", path);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Contains("<title>shop</title>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Asset_IsKeptForEver()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", "/assets/app-1a2b3c.js");
        Assert.Equal(["immutable", "max-age=31536000", "public"], answer.Headers.CacheControl!.ToString().Split(", ").Order());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("/assets/missing.js")]
    [InlineData("/assets/missing")]
    [InlineData("/missing.png")]
    [InlineData("/api/nothing")]
    [InlineData("/API/nothing")]
    [InlineData("/hubs/notifications")]
    public async Task Address_OfNothing_IsNotFoundNotAPage(string path)
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", path);
        Assert.Equal("not-found", await answer.ProblemAsync(404));
    }

    [Fact]
    public async Task Folder_Missing_LeavesTheApiUp()
    {
        var gateway = await edge.StartGatewayAsync(("Web__Root", "/nonexistent"));
        using var http = gateway.Client();
        using var page = await http.SendAsync("GET", "/");
        Assert.Equal("not-found", await page.ProblemAsync(404));
        using var products = await http.SendAsync("GET", "/api/catalog/products");
        Assert.True(products.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("/", "script-src 'self';")]
    [InlineData("/assets/app-1a2b3c.js", "script-src 'self';")]
    [InlineData("/api/catalog/products", "default-src 'none'")]
    [InlineData("/api/nothing", "default-src 'none'")]
    [InlineData("/docs/", "'nonce-")]
    public async Task Answer_CarriesSecurityHeaders(string path, string policy)
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", path);
        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : "";
        Assert.Contains(policy, Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.NotEmpty(Header("Referrer-Policy"));
        Assert.NotEmpty(Header("Permissions-Policy"));
        Assert.Empty(Header("Strict-Transport-Security"));
        Assert.Empty(Header("Server"));
    }

    [Fact]
    public async Task Docs_Viewer_IsServedFromHereAndOnlyItsNonceMayRun()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", "/docs/");
        var html = await answer.Content.ReadAsStringAsync();
        var nonce = answer.Headers.GetValues("Content-Security-Policy").Single().Split("'nonce-")[1].Split('\'')[0];
        Assert.Contains($"nonce=\"{nonce}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("cdn.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"http", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData(null, null)]
    public async Task Text_IsCompressedOnlyForThoseWhoAsk(string? accepted, string? used)
    {
        using var http = edge.Gateway.Client();
        foreach (var path in new[] { "/assets/app-1a2b3c.js", "/api/catalog/products/cached" })
        {
            using var answer = await http.SendAsync("GET", path, null, accepted is null ? [] : [("Accept-Encoding", accepted)]);
            Assert.Equal(used, answer.Content.Headers.ContentEncoding.SingleOrDefault());
            Assert.Contains("max-age", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/", true)]
    [InlineData("/orders/019", true)]
    [InlineData("/api/catalog/products", false)]
    public async Task StripeKey_Known_LetsPagesShowStripesCardFormAndNothingElse(string path, bool isPage)
    {
        using var strict = edge.Gateway.Client();
        using var http = (await edge.CardFormGatewayAsync()).Client();
        using var without = await strict.SendAsync("GET", path);
        using var with = await http.SendAsync("GET", path);
        var (before, after) = (Policy(without), Policy(with));

        Assert.DoesNotContain(before.Values, sources => sources.Contains("stripe", StringComparison.Ordinal));
        Assert.Contains("payment=()", without.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
        if (isPage)
        {
            Assert.Equal("'self' https://js.stripe.com", after["script-src"]);
            Assert.Equal("https://js.stripe.com https://hooks.stripe.com", after["frame-src"]);
            Assert.Equal("'self' https://api.stripe.com", after["connect-src"]);
            foreach (var directive in new[] { "script-src", "frame-src", "connect-src" })
                _ = (before.Remove(directive), after.Remove(directive));
        }
        Assert.Equal(before, after);
        Assert.Contains("payment=(self \"https://js.stripe.com\")", with.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Policy(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Content-Security-Policy").Single().Split(';', StringSplitOptions.TrimEntries)
            .Select(directive => directive.Split(' ', 2)).ToDictionary(parts => parts[0], parts => parts.ElementAtOrDefault(1) ?? "");
}
