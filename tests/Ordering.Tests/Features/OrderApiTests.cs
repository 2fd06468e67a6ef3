using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Contracts.Http;
using Argosy.Ordering.Tests.Support;

namespace Argosy.Ordering.Tests.Features;

public sealed class OrderApiTests(ShopFixture fixture) : IClassFixture<ShopFixture>
{
    private readonly string _customer = $"customer-{Guid.NewGuid():N}";
    private readonly string _sku = $"SKU-{Guid.NewGuid():N}";

    private Shop Shop => fixture.Shop;

    [Fact]
    public async Task Submit_EmptyBasket_IsRefused()
    {
        using var answer = await Shop.SendAsync(HttpMethod.Post, "api/orders", _customer, Shop.ValidOrder());

        await AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "basket-empty");
    }

    [Fact]
    public async Task Submit_InvalidFields_NamesThemAndOrdersNothing()
    {
        Shop.Baskets.Fill(_customer, (_sku, 1));

        using var answer = await Shop.SendAsync(HttpMethod.Post, "api/orders", _customer, new { email = "ada", paymentMethod = new { type = "card", token = "4242424242424242" } });

        var problem = await AssertProblemAsync(answer, HttpStatusCode.BadRequest, "validation-failed");
        Assert.Equal(["email", "paymentMethod.token", "shippingAddress"], problem["errors"]!.AsObject().Select(error => error.Key).Order());
        Assert.Equal(0, await CountAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"email\":{}}")]
    [InlineData("{\"email\":")]
    [InlineData("null")]
    public async Task Submit_NoOrder_IsABadRequest(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Shop.SendRawAsync("api/orders", _customer, content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Submit_NoCustomer_IsRefused()
    {
        using var answer = await Shop.SendAsync(HttpMethod.Post, "api/orders", null, Shop.ValidOrder());

        await AssertProblemAsync(answer, HttpStatusCode.Unauthorized, "customer-required");
    }

    [Fact]
    public async Task Submit_KeyTooLong_IsRefused()
    {
        Shop.Baskets.Fill(_customer, (_sku, 1));

        using var answer = await Shop.SendAsync(HttpMethod.Post, "api/orders", _customer, Shop.ValidOrder(), (ArgosyHeaders.IdempotencyKey, new string('k', 256)));

        await AssertProblemAsync(answer, HttpStatusCode.BadRequest, "validation-failed");
    }

    [Fact]
    public async Task Submit_SameKeyTenTimesInParallel_MakesOneOrder()
    {
        await Shop.StockAsync(_sku, 100);
        Shop.Baskets.Fill(_customer, (_sku, 1));

        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Shop.SubmitAsync(_customer, "once")));
        Shop.Baskets.Empty(_customer);
        var later = await Shop.SubmitAsync(_customer, "once");

        Assert.Single(ids.Append(later).Distinct());
        Assert.Equal(1, await CountAsync());
        await Shop.BecomesAsync(later, _customer, "confirmed");
        Assert.Equal(99, await Shop.AvailableAsync(_sku));
    }

    [Fact]
    public async Task Submit_SameKeyOtherBody_IsRefused()
    {
        await Shop.StockAsync(_sku, 100);
        Shop.Baskets.Fill(_customer, (_sku, 1));
        await Shop.SubmitAsync(_customer, "key");
        var body = new { email = "eve@example.org", shippingAddress = new { name = "Eve", line1 = "1", city = "Paris", postalCode = "75001", country = "FR" }, paymentMethod = new { type = "card", token = "pm_card_visa" } };

        using var answer = await Shop.SendAsync(HttpMethod.Post, "api/orders", _customer, body, (ArgosyHeaders.IdempotencyKey, "key"));

        await AssertProblemAsync(answer, HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task Submit_SameKeyOtherCustomer_AreTwoOrders()
    {
        await Shop.StockAsync(_sku, 100);
        Shop.Baskets.Fill(_customer, (_sku, 1));
        Shop.Baskets.Fill(_customer + "-2", (_sku, 1));

        Assert.NotEqual(await Shop.SubmitAsync(_customer, "key"), await Shop.SubmitAsync(_customer + "-2", "key"));
    }

    [Fact]
    public async Task Get_OwnOrder_ShowsWhatWasOrdered()
    {
        await Shop.StockAsync(_sku, 100);
        Shop.Baskets.Fill(_customer, (_sku, 2));
        var id = await Shop.SubmitAsync(_customer);

        var order = await Shop.OrderAsync(id, _customer);

        Assert.Matches("^[0-9A-Z]{5}-[0-9A-Z]{5}$", order["number"]!.GetValue<string>());
        Assert.Equal("""[{"sku":"SKU","title":"The SKU","quantity":2,"unitPrice":{"amount":450,"currency":"EUR"},"lineTotal":{"amount":900,"currency":"EUR"}}]""", order["items"]!.ToJsonString().Replace(_sku, "SKU", StringComparison.Ordinal));
        Assert.Equal(900, order["subtotal"]!["amount"]!.GetValue<int>());
        Assert.Equal(490, order["shipping"]!["amount"]!.GetValue<int>());
        Assert.Equal(1390, order["total"]!["amount"]!.GetValue<int>());
        Assert.Equal("Ada Lovelace", order["shippingAddress"]!["name"]!.GetValue<string>());
        Assert.Equal("ada@example.org", order["email"]!.GetValue<string>());
    }

    [Fact]
    public async Task EveryRoute_ForeignOrUnknownOrder_IsNotFound()
    {
        await Shop.StockAsync(_sku, 100);
        Shop.Baskets.Fill(_customer, (_sku, 1));
        var id = await Shop.SubmitAsync(_customer);

        foreach (var (order, customer) in new[] { (id, "somebody-else"), (Guid.NewGuid().ToString(), _customer), ("no-id", _customer) })
        {
            foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/timeline"), (HttpMethod.Post, "/cancel") })
            {
                using var answer = await Shop.SendAsync(method, $"api/orders/{order}{path}", customer);
                await AssertProblemAsync(answer, HttpStatusCode.NotFound, "not-found");
            }
        }
    }

    [Fact]
    public async Task List_OwnOrders_AreNewestFirstAndPaged()
    {
        await Shop.StockAsync(_sku, 100);
        Shop.Baskets.Fill(_customer, (_sku, 1));
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add(await Shop.SubmitAsync(_customer));

        var first = await ListAsync("?page=1&pageSize=2");
        var second = await ListAsync("?page=2&pageSize=2");

        Assert.Equal(3, first["total"]!.GetValue<int>());
        Assert.Equal(Enumerable.Reverse(ids), first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => item!["id"]!.GetValue<string>()));
        Assert.Null(first["items"]![0]!["shippingAddress"]);
    }

    [Fact]
    public async Task Get_KnownVersion_IsNotModified()
    {
        await Shop.StockAsync(_sku, 100);
        Shop.Baskets.Fill(_customer, (_sku, 1));
        var id = await Shop.SubmitAsync(_customer);
        await Shop.BecomesAsync(id, _customer, "confirmed");
        using var known = await Shop.GetAsync($"api/orders/{id}", _customer);

        using var answer = await Shop.GetAsync($"api/orders/{id}", _customer, ("If-None-Match", known.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [Fact]
    public async Task Get_PreferWait_AnswersAsSoonAsTheOrderIsConfirmed()
    {
        await Shop.StockAsync(_sku, 100);
        Shop.Baskets.Fill(_customer, (_sku, 1));
        var id = await Shop.SubmitAsync(_customer);

        using var answer = await Shop.GetAsync($"api/orders/{id}", _customer, ("Prefer", "wait=20"));

        Assert.Equal("confirmed", (await answer.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["status"]!.GetValue<string>());
        Assert.Equal("wait=20", answer.Headers.GetValues("Preference-Applied").Single());
    }

    [Fact]
    public async Task Get_PreferWaitWithKnownVersion_AnswersNotModifiedWhenTimeIsOver()
    {
        await Shop.StockAsync(_sku, 100);
        Shop.Baskets.Fill(_customer, (_sku, 1));
        var id = await Shop.SubmitAsync(_customer);
        await Shop.BecomesAsync(id, _customer, "confirmed");
        using var known = await Shop.GetAsync($"api/orders/{id}", _customer);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        using var answer = await Shop.GetAsync($"api/orders/{id}", _customer, ("Prefer", "wait=1"), ("If-None-Match", known.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 10);
    }

    [Fact]
    public async Task PersonalData_AtRest_IsSealed()
    {
        await Shop.StockAsync(_sku, 100);
        Shop.Baskets.Fill(_customer, (_sku, 1));
        await Shop.SubmitAsync(_customer, "key-of-sealed");

        var bytes = new StringBuilder();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(Shop.DatabaseFile)!, "*.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            bytes.Append(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
        var everything = bytes.ToString();

        Assert.Contains("key-of-sealed", everything, StringComparison.Ordinal);
        foreach (var personal in new[] { "ada@example.org", "Ada Lovelace", "St James", "SW1Y 4JH", "pm_card_visa" })
            Assert.DoesNotContain(personal, everything + Shop.Ordering.Output + Shop.Sidecar.Output, StringComparison.Ordinal);
    }

    private async Task<int> CountAsync() => (await ListAsync(""))["total"]!.GetValue<int>();

    private async Task<JsonNode> ListAsync(string query)
    {
        using var answer = await Shop.GetAsync($"api/orders{query}", _customer);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static async Task<JsonNode> AssertProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(code, problem["code"]!.GetValue<string>());
        Assert.Equal($"/problems/{code}", problem["type"]!.GetValue<string>());
        return problem;
    }
}
