using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Argosy.EndToEnd;

/// <summary>Nonsense on every public route: refused with problem details, never an error of ours, and nothing changes.</summary>
[Collection(OneStoreForAll.Name)]
public sealed class BadInputTests(SharedStore shared)
{
    private const string Json = "application/json";
    private static readonly string Unknown = Guid.CreateVersion7().ToString();
    private readonly Store _store = shared.Store;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string?, string> Requests => new()
    {
        { "GET", "/api/catalog/products?page=0", null, Json },
        { "GET", "/api/catalog/products?page=abc", null, Json },
        { "GET", "/api/catalog/products?pageSize=0", null, Json },
        { "GET", "/api/catalog/products?sort=sideways", null, Json },
        { "GET", "/api/catalog/products?category=no-such-category", null, Json },
        { "GET", $"/api/catalog/products/{Unknown}", null, Json },
        { "GET", "/api/catalog/products/no-such-product", null, Json },
        { "GET", "/api/catalog/images/no-such-image.svg", null, Json },
        { "GET", "/api/nowhere", null, Json },
        { "POST", "/api/catalog/imports", "Handle,Title\n", "text/csv" },
        { "POST", "/api/catalog/products", "{}", Json },
        { "PUT", "/api/basket/items/no-such-sku", """{"quantity":1}""", Json },
        { "PUT", "/api/basket/items/{sku}", """{"quantity":-1}""", Json },
        { "PUT", "/api/basket/items/{sku}", """{"quantity":100000}""", Json },
        { "PUT", "/api/basket/items/{sku}", """{"quantity":"many"}""", Json },
        { "PUT", "/api/basket/items/{sku}", "{}", Json },
        { "PUT", "/api/basket/items/{sku}", "{", Json },
        { "PUT", "/api/basket/items/{sku}", "", Json },
        { "PUT", "/api/basket/items/{sku}", "quantity=1", "application/x-www-form-urlencoded" },
        { "POST", "/api/orders", "{}", Json },
        { "POST", "/api/orders", "[]", Json },
        { "POST", "/api/orders", "null", Json },
        { "POST", "/api/orders", """{"email":"nobody","shippingAddress":{},"paymentMethod":{}}""", Json },
        { "POST", "/api/orders", """{"email":5}""", Json },
        { "GET", "/api/orders/not-an-id", null, Json },
        { "GET", $"/api/orders/{Unknown}", null, Json },
        { "GET", "/api/orders?page=-1", null, Json },
        { "GET", $"/api/orders/{Unknown}/timeline", null, Json },
        { "POST", $"/api/orders/{Unknown}/cancel", null, Json },
        { "GET", "/api/inventory/no-such-sku", null, Json },
        { "PUT", "/api/inventory/{sku}", """{"onHand":5}""", Json },
        { "DELETE", "/api/orders", null, Json },
        { "PATCH", "/api/basket", "{}", Json },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task PublicRoute_BadInput_IsRefusedWithProblemDetails(string method, string path, string? body, string contentType)
    {
        using var shopper = new Shopper(_store);
        var sku = (await shopper.SkusAsync(1))[0];
        var orders = new Books(_store).Orders().Count;
        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{sku}", sku, StringComparison.Ordinal));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, contentType);

        using var answer = await shopper.Http.SendAsync(request, Ct);

        await AssertProblemAsync(answer);
        Assert.Equal(orders, new Books(_store).Orders().Count);
        var basket = await shopper.Http.GetFromJsonAsync<JsonElement>("/api/basket", Ct);
        Assert.Equal(0, basket.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Order_EmptyBasket_IsRefused()
    {
        using var shopper = new Shopper(_store);
        using var answer = await shopper.SubmitAsync(Guid.NewGuid().ToString());
        Assert.Equal("basket-empty", await AssertProblemAsync(answer));
    }

    [Fact]
    public async Task Order_Oversized_IsRefused()
    {
        using var shopper = new Shopper(_store);
        using var content = new StringContent($$"""{"email":"{{new string('a', 12_000_000)}}"}""", Encoding.UTF8, Json);
        using var answer = await shopper.Http.PostAsync(new Uri("/api/orders", UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        await AssertProblemAsync(answer);
    }

    [Fact]
    public async Task Order_OfAnotherGuest_IsNotFound()
    {
        using var owner = new Shopper(_store);
        await owner.PutAsync((await owner.SkusAsync(1))[0], 1);
        var id = await owner.OrderAsync();
        using var stranger = new Shopper(_store);
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Post, "/cancel") })
        {
            using var request = new HttpRequestMessage(method, $"/api/orders/{id}{path}");
            using var answer = await stranger.Http.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            await AssertProblemAsync(answer);
        }
        Assert.Equal("confirmed", await owner.SettledAsync(id));
    }

    [Fact]
    public async Task Order_SameKeyOtherContent_IsRefused()
    {
        using var shopper = new Shopper(_store);
        await shopper.PutAsync((await shopper.SkusAsync(1))[0], 1);
        var key = Guid.NewGuid().ToString();
        await shopper.OrderAsync(key);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = JsonContent.Create(Shopper.Order("bob@example.com")) };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await shopper.Http.SendAsync(request, Ct);
        await AssertProblemAsync(answer);
    }

    [Fact]
    public async Task UnsafeRequest_WithoutCsrfHeader_IsRefused()
    {
        using var shopper = new Shopper(_store);
        var sku = (await shopper.SkusAsync(1))[0];
        await shopper.Http.GetAsync(new Uri("/api/basket", UriKind.Relative), Ct);
        shopper.Http.DefaultRequestHeaders.Remove("X-Argosy-CSRF");
        using var answer = await shopper.Http.PutAsJsonAsync($"/api/basket/items/{sku}", new { quantity = 1 }, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await AssertProblemAsync(answer);
    }

    [Theory]
    [InlineData("/internal/inventory/audit")]
    [InlineData("/internal/baskets/someone")]
    [InlineData("/events/stock-changed")]
    [InlineData("/dapr/subscribe")]
    [InlineData("/dapr/config")]
    [InlineData("/v1.0/invoke/inventory/method/internal/inventory/audit")]
    [InlineData("/v1.0/secrets/secretstore/operator-key")]
    [InlineData("/v1.0/metadata")]
    [InlineData("/api/catalog/..%2f..%2finternal/inventory/audit")]
    [InlineData("/api/inventory/%2e%2e/%2e%2e/internal/inventory/audit")]
    [InlineData("/api/../internal/inventory/audit")]
    [InlineData("/api/inventory/%252e%252e/%252e%252e/internal/inventory/audit")]
    [InlineData("/api/catalog/products/%252e%252e%252f%252e%252e%252f%252e%252e%252finternal%252fcatalog%252fquotes")]
    [InlineData("//internal/inventory/audit")]
    [InlineData("/metrics")]
    public async Task InnerRoute_FromOutside_IsNotFound(string path)
    {
        using var client = _store.Client();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var request = new HttpRequestMessage(method, new Uri(_store.Url + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            using var answer = await client.SendAsync(request, Ct);
            // The web app's page, which answers for every unknown address, is the one thing that may come instead of a refusal.
            Assert.True((int)answer.StatusCode is >= 400 and < 500 || answer.Content.Headers.ContentType?.MediaType == "text/html", $"{method} {path} answered {(int)answer.StatusCode}");
        }
    }

    private static async Task<string?> AssertProblemAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal((int)answer.StatusCode, problem.RootElement.GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrEmpty(problem.RootElement.GetProperty("title").GetString()));
        var code = problem.RootElement.GetProperty("code").GetString();
        Assert.Matches("^[a-z][a-z0-9-]+$", code);
        return code;
    }
}
