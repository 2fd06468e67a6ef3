using Argosy.Gateway.Tests.Hosting;

namespace Argosy.Gateway.Tests;

public sealed class ForwardingTests(EdgeFixture edge)
{
    private static readonly (string, string) Csrf = ("X-Argosy-CSRF", "1");

    [Theory]
    [InlineData("GET", "/api/catalog/products?page=2&sort=price%20desc", "catalog")]
    [InlineData("GET", "/api/catalog/products/red-shoe", "catalog")]
    [InlineData("GET", "/api/catalog/products/caf%C3%A9%20cup", "catalog")]
    [InlineData("GET", "/api/catalog/categories", "catalog")]
    [InlineData("GET", "/api/catalog/images/1.svg", "catalog")]
    [InlineData("GET", "/api/basket", "basket")]
    [InlineData("PUT", "/api/basket/items/SKU-1", "basket")]
    [InlineData("DELETE", "/api/basket/items/SKU-1", "basket")]
    [InlineData("POST", "/api/orders", "ordering")]
    [InlineData("GET", "/api/orders?page=1", "ordering")]
    [InlineData("GET", "/api/orders/019", "ordering")]
    [InlineData("POST", "/api/orders/019/cancel", "ordering")]
    [InlineData("GET", "/api/orders/019/timeline", "ordering")]
    [InlineData("GET", "/api/payments/config", "payment")]
    [InlineData("POST", "/api/payments/webhooks/stripe", "payment")]
    [InlineData("GET", "/api/payments/challenges/pi_1?secret=s", "paymentsimulator")]
    [InlineData("POST", "/api/payments/challenges/pi_1?secret=s", "paymentsimulator")]
    [InlineData("GET", "/api/system/mailbox?orderId=019", "notification")]
    public async Task PublicRoute_Called_ReachesItsServiceUnchanged(string method, string path, string app)
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync(method, path, method is "PUT" or "POST" ? """{"quantity":2}""" : null, Csrf);
        var echo = await answer.EchoAsync();
        Assert.Equal((method, path, app), (echo.Method, echo.Target, echo.App));
        Assert.Equal(method is "PUT" or "POST" ? """{"quantity":2}""" : "", echo.Body);
        Assert.Equal("app-token", echo.Headers["dapr-api-token"]);
        Assert.Equal("gateway", echo.Headers["dapr-caller-app-id"]);
    }

    [Fact]
    public async Task Headers_Forged_DoNotReachTheService()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", "/api/orders", null,
            ("X-Argosy-Customer", "victim"), ("X-Argosy-Role", "operator"), ("x-argosy-anything", "1"), ("dapr-app-id", "catalog"), ("dapr-caller-app-id", "ordering"),
            ("dapr-api-token", "guess"), ("Cookie", "other=1"), ("Authorization", "Bearer guess"), ("X-Forwarded-For", "10.0.0.1"));
        var echo = await answer.EchoAsync();
        Assert.Equal("ordering", echo.App);
        Assert.NotEqual("victim", echo.Headers["X-Argosy-Customer"]);
        Assert.Equal("gateway", echo.Headers["dapr-caller-app-id"]);
        Assert.Equal("app-token", echo.Headers["dapr-api-token"]);
        Assert.DoesNotContain("10.0.0.1", echo.Headers.GetValueOrDefault("X-Forwarded-For") ?? "");
        foreach (var name in new[] { "X-Argosy-Role", "x-argosy-anything", "dapr-app-id", "Cookie", "Authorization" })
            Assert.False(echo.Headers.ContainsKey(name), $"{name} reached the service");
    }

    [Fact]
    public async Task Headers_ServicesUnderstand_ReachTheService()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("POST", "/api/orders", "{}", Csrf, ("Idempotency-Key", "k1"), ("If-Match", "\"3\""), ("Accept-Language", "de"));
        var echo = await answer.EchoAsync();
        Assert.Equal(("k1", "\"3\"", "de"), (echo.Headers["Idempotency-Key"], echo.Headers["If-Match"], echo.Headers["Accept-Language"]));
        Assert.StartsWith("application/json", echo.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", echo.Headers["traceparent"]);
    }

    [Fact]
    public async Task Answer_WithInternalHeaders_LosesThem()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", "/api/catalog/products/leaky");
        Assert.Equal("\"7\"", answer.Headers.ETag!.Tag);
        foreach (var name in new[] { "dapr-secret", "X-Argosy-Inside", "Server", "Set-Cookie" })
            Assert.False(answer.Headers.Contains(name), $"{name} reached the client");
    }

    [Fact]
    public async Task ServiceProblem_IsPassedOn()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", "/api/orders/conflict");
        Assert.Equal(409, (int)answer.StatusCode);
        Assert.Contains("order-shipped", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/orders/crash", 503, "service-unavailable")]
    [InlineData("/api/orders/refused", 502, "bad-upstream")]
    [InlineData("/api/inventory/SKU-1", 503, "service-unavailable")]
    public async Task UpstreamFailure_BecomesProblemThatTellsNothing(string path, int status, string code)
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("GET", path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(code, await answer.ProblemAsync(status));
        Assert.NotNull(answer.Headers.RetryAfter);
        foreach (var secret in new[] { "Exception", "ERR_", "policy", "inventory", "127.0.0.1", "invoke" })
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Upstream_Silent_TimesOut()
    {
        var gateway = await edge.StartGatewayAsync(("Upstream__TimeoutSeconds", "1"));
        using var http = gateway.Client();
        using var answer = await http.SendAsync("GET", "/api/orders/silent");
        Assert.Equal("upstream-timeout", await answer.ProblemAsync(504));
    }
}
