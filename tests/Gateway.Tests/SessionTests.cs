using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Argosy.Gateway.Tests.Hosting;

namespace Argosy.Gateway.Tests;

public sealed class SessionTests(EdgeFixture edge)
{
    private static readonly (string, string) Csrf = ("X-Argosy-CSRF", "1");

    [Fact]
    public async Task FirstContact_GetsSignedCookieAndGuestId()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", "/api/basket");
        var customer = (await answer.EchoAsync()).Headers["X-Argosy-Customer"];
        Assert.Equal(7, Guid.Parse(customer).Version);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith($"argosy-guest={customer}.", cookie, StringComparison.Ordinal);
        var attributes = cookie.Split("; ").Skip(1).Select(attribute => attribute.ToLowerInvariant()).ToList();
        Assert.Contains("httponly", attributes);
        Assert.Contains("samesite=lax", attributes);
        Assert.Contains("path=/", attributes);
        Assert.Contains("max-age=34560000", attributes);
        Assert.DoesNotContain("secure", attributes);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondContact_WithCookie_IsTheSameGuestAndGetsNoNewCookie()
    {
        using var http = edge.Gateway.Client();
        using var first = await http.SendAsync("GET", "/api/basket");
        using var second = await http.SendAsync("POST", "/api/orders", "{}", ("Cookie", first.Cookie()!), Csrf);
        Assert.Equal((await first.EchoAsync()).Headers["X-Argosy-Customer"], (await second.EchoAsync()).Headers["X-Argosy-Customer"]);
        Assert.Null(second.Cookie());
    }

    [Fact]
    public async Task SecondGateway_WithTheSameKey_KnowsTheGuest()
    {
        using var http = edge.Gateway.Client();
        using var first = await http.SendAsync("GET", "/api/basket");
        var other = await edge.StartGatewayAsync();
        using var otherHttp = other.Client();
        using var second = await otherHttp.SendAsync("GET", "/api/basket", null, ("Cookie", first.Cookie()!));
        Assert.Equal((await first.EchoAsync()).Headers["X-Argosy-Customer"], (await second.EchoAsync()).Headers["X-Argosy-Customer"]);
    }

    [Theory]
    [InlineData("argosy-guest=00000000-0000-7000-8000-000000000000.")]
    [InlineData("argosy-guest=00000000-0000-7000-8000-000000000000.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("argosy-guest=victim")]
    [InlineData("argosy-guest=")]
    public async Task ForgedCookie_IsReplacedByANewGuest(string forged)
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", "/api/basket", null, ("Cookie", forged));
        Assert.NotNull(answer.Cookie());
        Assert.DoesNotContain("00000000-0000-7000", (await answer.EchoAsync()).Headers["X-Argosy-Customer"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task StolenSignature_OnAnotherGuest_IsReplaced()
    {
        using var http = edge.Gateway.Client();
        using var first = await http.SendAsync("GET", "/api/basket");
        var signature = first.Cookie()!.Split('.')[1];
        var victim = Guid.CreateVersion7().ToString();
        using var second = await http.SendAsync("GET", "/api/basket", null, ("Cookie", $"argosy-guest={victim}.{signature}"));
        Assert.NotEqual(victim, (await second.EchoAsync()).Headers["X-Argosy-Customer"]);
    }

    [Theory]
    [InlineData("/api/catalog/products")]
    [InlineData("/api/catalog/products/1")]
    [InlineData("/api/catalog/categories")]
    [InlineData("/api/catalog/images/1.svg")]
    [InlineData("/")]
    [InlineData("/assets/app-1a2b3c.js")]
    [InlineData("/health/live")]
    public async Task CacheableRead_SetsNoCookieAndNamesNoCustomer(string path)
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", path, null);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Null(answer.Cookie());
        if (path.StartsWith("/api", StringComparison.Ordinal))
            Assert.False((await answer.EchoAsync()).Headers.ContainsKey("X-Argosy-Customer"));
    }

    [Theory]
    [InlineData("PUT", "/api/basket/items/1")]
    [InlineData("DELETE", "/api/basket/items/1")]
    [InlineData("POST", "/api/orders")]
    [InlineData("POST", "/api/orders/1/cancel")]
    public async Task UnsafeMethod_WithoutCsrfHeader_IsRefused(string method, string path)
    {
        using var http = edge.Gateway.Client();
        using var first = await http.SendAsync("GET", "/api/basket");
        foreach (var value in new[] { null, "0", "true" })
        {
            using var answer = await http.SendAsync(method, path, "{}", [("Cookie", first.Cookie()!), .. value is null ? [] : new[] { ("X-Argosy-CSRF", value) }]);
            Assert.Equal("csrf-header-missing", await answer.ProblemAsync(403));
        }
    }

    [Theory]
    [InlineData("POST", "/api/catalog/imports")]
    [InlineData("POST", "/api/catalog/products")]
    [InlineData("PUT", "/api/catalog/products/1")]
    [InlineData("DELETE", "/api/catalog/products/1")]
    [InlineData("GET", "/api/catalog/export")]
    [InlineData("PUT", "/api/inventory/1")]
    [InlineData("GET", "/api/inventory")]
    [InlineData("POST", "/api/orders/1/shipments")]
    [InlineData("GET", "/api/payments/simulator")]
    [InlineData("PUT", "/api/payments/simulator")]
    public async Task OperatorRoute_WithoutTheKey_IsRefused(string method, string path)
    {
        using var http = edge.Gateway.Client();
        foreach (var credentials in new[] { null, "Bearer wrong", "Bearer ", EdgeFixture.OperatorKey, $"Basic {EdgeFixture.OperatorKey}", $"Bearer {EdgeFixture.OperatorKey}x" })
        {
            using var answer = await http.SendAsync(method, path, "{}", [Csrf, .. credentials is null ? [] : new[] { ("Authorization", credentials) }]);
            Assert.Equal("operator-key-required", await answer.ProblemAsync(401));
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task OperatorRoute_WithTheKey_IsForwardedAsOperatorWithoutCsrfHeaderOrCookie()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("POST", "/api/catalog/imports", "Handle", ("Authorization", $"Bearer {EdgeFixture.OperatorKey}"));
        var echo = await answer.EchoAsync();
        Assert.Equal("operator", echo.Headers["X-Argosy-Role"]);
        Assert.Null(answer.Cookie());
    }

    [Fact]
    public async Task Metrics_AtTheEdge_NeedTheOperatorKey()
    {
        using var http = edge.Gateway.Client();
        using var refused = await http.SendAsync("GET", "/metrics");
        Assert.Equal("operator-key-required", await refused.ProblemAsync(401));
        using var allowed = await http.SendAsync("GET", "/metrics", null, ("Authorization", $"Bearer {EdgeFixture.OperatorKey}"));
        Assert.Contains("http_server_request_duration", await allowed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docs_Merged_ListPublicRoutesOnlyAndKeepSchemasApart()
    {
        using var http = edge.Gateway.Client();
        var document = (await http.GetFromJsonAsync<JsonObject>(new Uri("/docs/openapi.json", UriKind.Relative)))!;
        var paths = document["paths"]!.AsObject();
        Assert.Equal(["/api/basket", "/api/catalog/products/{id}", "/api/orders"], paths.Select(path => path.Key).Order());
        Assert.Equal("#/components/schemas/catalog.Thing", (string)paths["/api/catalog/products/{id}"]!["get"]!["responses"]!["ok"]!["$ref"]!);
        Assert.Equal(["basket.Thing", "catalog.Thing", "notification.Thing", "ordering.Thing", "payment.Thing", "paymentsimulator.Thing"], document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).Order());
    }
}
