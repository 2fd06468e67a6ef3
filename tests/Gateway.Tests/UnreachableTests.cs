using Argosy.Gateway.Routing;
using Argosy.Gateway.Tests.Hosting;

namespace Argosy.Gateway.Tests;

/// <summary>What is inside stays inside, however its address is written.</summary>
public sealed class UnreachableTests(EdgeFixture edge)
{
    private static readonly string OperatorHeaders = $"Authorization: Bearer {EdgeFixture.OperatorKey}\r\nX-Argosy-CSRF: 1\r\n";

    [Theory]
    [InlineData("/internal/catalog/quotes")]
    [InlineData("/Internal/Inventory/reservations/1")]
    [InlineData("/events/order-submitted")]
    [InlineData("/EVENTS/order-submitted")]
    [InlineData("/dapr/subscribe")]
    [InlineData("/dapr/config")]
    [InlineData("/actors/StockActor/1/method/Reserve")]
    [InlineData("/job/nightly")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/v1.0/invoke/catalog/method/internal/catalog/quotes")]
    [InlineData("/v1.0/secrets/secretstore/operator-key")]
    [InlineData("/api/catalog")]
    [InlineData("/api/catalog/internal/quotes")]
    [InlineData("/api/orders/1/internal")]
    [InlineData("/api/catalog/products/../../../internal/catalog/quotes")]
    [InlineData("/api/catalog/products/%2e%2e/%2e%2e/%2e%2e/internal/catalog/quotes")]
    [InlineData("/api/catalog/products/%2E%2E%2F%2E%2E%2F%2E%2E%2Finternal%2Fcatalog%2Fquotes")]
    [InlineData("/api/catalog/products/..%2f..%2f..%2finternal%2fcatalog%2fquotes")]
    [InlineData("/api/catalog/products/%252e%252e%252f%252e%252e%252f%252e%252e%252finternal")]
    [InlineData("/api/catalog/products/..%252f..%252f..%252finternal")]
    [InlineData("/api/catalog/products/..;/..;/..;/internal/catalog/quotes")]
    [InlineData("/api/catalog/products/..;")]
    [InlineData("/api/catalog/products/..%3b%2f..%3b%2finternal")]
    [InlineData("/api/catalog/products/..\\..\\..\\internal")]
    [InlineData("/api/catalog/products/..%5c..%5c..%5cinternal")]
    [InlineData("/api/catalog/products//internal")]
    [InlineData("/api/catalog//products/1")]
    [InlineData("//internal/catalog/quotes")]
    [InlineData("//api/catalog/products")]
    [InlineData("/api/catalog/products/a%2fb")]
    [InlineData("/api/catalog/products/a%3fb")]
    [InlineData("/api/catalog/products/a%23b")]
    [InlineData("/api/catalog/products/a%0d%0ab")]
    [InlineData("/api/catalog/products/a%00b")]
    [InlineData("/api/catalog/products/.hidden")]
    [InlineData("/api/catalog/products/%c0%ae%c0%ae/x")]
    [InlineData("http://catalog/internal/catalog/quotes")]
    [InlineData("http://127.0.0.1/api/catalog/products/..%2f..%2finternal")]
    public async Task Address_OutsideTheAllowList_IsRefusedAndNoServiceHearsOfIt(string target)
    {
        var marker = $"m{Guid.NewGuid():N}";
        var marked = target + (target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + marker;
        foreach (var method in new[] { "GET", "POST", "PUT", "DELETE" })
        {
            var status = await edge.Gateway.SendRawAsync(method, marked, OperatorHeaders);
            Assert.True(status is >= 400 and < 500 || (method == "GET" && status == 200), $"{method} {target}: {status}");
        }
        Assert.DoesNotContain(edge.Services.Received, received => received.Contains(marker, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DELETE", "/api/basket", 405)]
    [InlineData("POST", "/api/catalog/categories", 405)]
    [InlineData("PATCH", "/api/orders/1", 405)]
    [InlineData("CONNECT", "/api/orders", 405)]
    [InlineData("OPTIONS", "/api/orders", 405)]
    [InlineData("TRACE", "/api/orders", 405)]
    public async Task Method_NotListed_IsRefused(string method, string path, int status)
    {
        var received = edge.Services.Received.Count(target => target.EndsWith("never", StringComparison.Ordinal));
        var answer = await edge.Gateway.SendRawAsync(method, path + "?never", OperatorHeaders);
        Assert.True(answer == status || answer == 400, $"{answer}");
        Assert.Equal(received, edge.Services.Received.Count(target => target.EndsWith("never", StringComparison.Ordinal)));
    }

    [Fact]
    public void AllowList_NamesOnlyApiRoutes()
    {
        Assert.All(PublicRoutes.All, route => Assert.StartsWith("/api/", route.Pattern, StringComparison.Ordinal));
        Assert.Equal(PublicRoutes.All.Count, PublicRoutes.All.Select(route => (route.Method, route.Pattern)).Distinct().Count());
    }

    [Theory]
    [InlineData("/api/catalog/products/a-b_c~d", true)]
    [InlineData("/api/catalog/products/café", true)]
    [InlineData("/api/basket/items/A 1+2:3", true)]
    [InlineData("/api/a%2fb", false)]
    [InlineData("/api/a\\b", false)]
    [InlineData("/api/a;b", false)]
    [InlineData("/api/../b", false)]
    [InlineData("/api/./b", false)]
    [InlineData("/api//b", false)]
    [InlineData("/api/a\nb", false)]
    public void PathGuard_Path_IsPlainOrNot(string path, bool plain) => Assert.Equal(plain, PathGuard.IsPlain(path));
}
