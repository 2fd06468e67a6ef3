using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Argosy.Basket.Infrastructure;
using Argosy.Basket.Tests.Support;
using Argosy.Contracts;
using Argosy.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Argosy.Basket.Tests.Features;

public sealed class BasketApiTests(BasketHost host) : IClassFixture<BasketHost>
{
    private readonly string _customer = BasketHost.NewCustomer();

    [Fact]
    public async Task Get_NewCustomer_IsAnEmptyBasket()
    {
        using var answer = await host.SendAsync(HttpMethod.Get, _customer, "/api/basket");
        const string zero = """{"amount":0,"currency":"EUR"}""";
        Assert.Equal($$"""{"items":[],"subtotal":{{zero}},"discount":{{zero}},"shipping":{{zero}},"tax":{{zero}},"total":{{zero}}}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Put_Items_ArePricedByTheCatalog()
    {
        using var first = await host.PutAsync(_customer, "A", new { quantity = 2, unitPrice = new { amount = 1, currency = "EUR" } });
        using var second = await host.PutAsync(_customer, "B", new { quantity = 1 });
        var basket = await second.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("""[{"sku":"A","title":"Title A","quantity":2,"unitPrice":{"amount":1000,"currency":"EUR"},"lineTotal":{"amount":2000,"currency":"EUR"},"image":"/api/catalog/images/A.svg"},{"sku":"B","title":"Title B","quantity":1,"unitPrice":{"amount":2550,"currency":"EUR"},"lineTotal":{"amount":2550,"currency":"EUR"},"image":"/api/catalog/images/B.svg"}]""", basket.GetProperty("items").GetRawText());
        Assert.Equal(4550 + 490, basket.GetProperty("total").GetProperty("amount").GetInt64());
        var read = await host.ReadAsync(_customer);
        Assert.Equal(5040, read.Total.Amount);
        using var seenByOrdering = await host.SendAsync(HttpMethod.Get, null, $"/internal/baskets/{_customer}");
        Assert.Equal(basket.GetRawText(), await seenByOrdering.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Delete_Item_LeavesTheOthers()
    {
        (await host.PutAsync(_customer, "A", new { quantity = 2 })).Dispose();
        (await host.PutAsync(_customer, "B", new { quantity = 1 })).Dispose();
        using var answer = await host.SendAsync(HttpMethod.Delete, _customer, "/api/basket/items/A");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["B"], (await host.ReadAsync(_customer)).Items.Select(i => i.Sku));
        (await host.PutAsync(_customer, "B", new { quantity = 0 })).Dispose();
        Assert.Empty((await host.ReadAsync(_customer)).Items);
    }

    [Fact]
    public async Task Get_OtherCustomer_SeesNothing()
    {
        (await host.PutAsync(_customer, "A", new { quantity = 2 })).Dispose();
        Assert.Empty((await host.ReadAsync(BasketHost.NewCustomer())).Items);
    }

    [Theory]
    [InlineData("GET", "/api/basket")]
    [InlineData("PUT", "/api/basket/items/A")]
    [InlineData("DELETE", "/api/basket/items/A")]
    public async Task Request_WithoutCustomer_IsUnauthorized(string method, string path)
    {
        using var answer = await host.SendAsync(new HttpMethod(method), null, path, method == "PUT" ? JsonContent.Create(new { quantity = 1 }) : null);
        Assert.Equal((401, "customer-required"), ((int)answer.StatusCode, await CodeAsync(answer)));
    }

    [Theory]
    [InlineData("A", """{"quantity":100}""", 422, "quantity-out-of-range")]
    [InlineData("A", """{"quantity":-1}""", 422, "quantity-out-of-range")]
    [InlineData("NOPE", """{"quantity":1}""", 404, "unknown-sku")]
    [InlineData("A%20B", """{"quantity":1}""", 404, "unknown-sku")]
    [InlineData("A", """{}""", 400, "validation-failed")]
    [InlineData("A", """{"quantity":null}""", 400, "validation-failed")]
    [InlineData("A", """{"quantity":"2"}""", 400, "invalid-json")]
    [InlineData("A", """{"quantity":1.5}""", 400, "invalid-json")]
    [InlineData("A", """{"quantity":99999999999}""", 400, "invalid-json")]
    [InlineData("A", """[]""", 400, "invalid-json")]
    [InlineData("A", """{""", 400, "invalid-json")]
    [InlineData("A", "", 400, "invalid-request")]
    public async Task Put_Nonsense_IsRefusedAndChangesNothing(string sku, string body, int status, string code)
    {
        using var answer = await host.SendAsync(HttpMethod.Put, _customer, $"/api/basket/items/{sku}", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal((status, code), ((int)answer.StatusCode, await CodeAsync(answer)));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty((await host.ReadAsync(_customer)).Items);
    }

    [Fact]
    public async Task Put_FiftyFirstLine_IsRefused()
    {
        for (var i = 0; i < 50; i++)
        {
            host.Catalog.Prices[$"L{i}"] = 100;
            (await host.PutAsync(_customer, $"L{i}", new { quantity = 1 })).EnsureSuccessStatusCode().Dispose();
        }
        using var answer = await host.PutAsync(_customer, "A", new { quantity = 1 });
        Assert.Equal((422, "basket-full"), ((int)answer.StatusCode, await CodeAsync(answer)));
        Assert.Equal(50, (await host.ReadAsync(_customer)).Items.Count);
    }

    [Fact]
    public async Task Get_PriceChangedOrGone_FollowsTheCatalog()
    {
        host.Catalog.Prices["MOVING"] = 100;
        host.Catalog.Prices["LEAVING"] = 100;
        (await host.PutAsync(_customer, "MOVING", new { quantity = 1 })).Dispose();
        (await host.PutAsync(_customer, "LEAVING", new { quantity = 1 })).Dispose();
        host.Catalog.Prices["MOVING"] = 175;
        host.Catalog.Prices.TryRemove("LEAVING", out _);
        await Eventually.HoldsAsync("the basket shows the new price only", async () => (await host.ReadAsync(_customer)).Items is [{ Sku: "MOVING", UnitPrice.Amount: 175 }]);
    }

    [Fact]
    public async Task Put_TwentyAtOnceOnTwoReplicas_LoseNone()
    {
        var other = await host.StartReplicaAsync(TimeProvider.System);
        var skus = Enumerable.Range(0, 20).Select(i => $"P{i}").ToList();
        skus.ForEach(sku => host.Catalog.Prices[sku] = 100);
        var answers = await Task.WhenAll(skus.Select((sku, i) => host.SendAsync(HttpMethod.Put, _customer, $"/api/basket/items/{sku}", JsonContent.Create(new { quantity = i + 1 }), i % 2 == 0 ? null : other)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var lines = (await host.ReadAsync(_customer)).Items.ToDictionary(l => l.Sku, l => l.Quantity);
        Assert.Equal(skus.Select((sku, i) => (sku, i + 1)).Order(), lines.Select(l => (l.Key, l.Value)).Order());
    }

    [Fact]
    public async Task Save_Basket_ExpiresAfterThirtyDays()
    {
        (await host.PutAsync(_customer, "A", new { quantity = 1 })).Dispose();
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"{host.SidecarEndpoint}/v1.0/state/{ComponentNames.StateStore}/{BasketStore.KeyOf(_customer)}"));
        var expires = DateTimeOffset.Parse(answer.Headers.GetValues("metadata.ttlExpireTime").Single());
        Assert.InRange(expires - DateTimeOffset.UtcNow, BasketStore.TimeToLive - TimeSpan.FromMinutes(5), BasketStore.TimeToLive + TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Get_ADayLater_RefreshesTheBasket()
    {
        (await host.PutAsync(_customer, "A", new { quantity = 1 })).Dispose();
        var before = await SavedAtAsync();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(2));
        var later = await host.StartReplicaAsync(clock);
        (await host.SendAsync(HttpMethod.Get, _customer, "/api/basket", replica: later)).Dispose();
        Assert.Equal(clock.GetUtcNow(), await SavedAtAsync());
        (await host.SendAsync(HttpMethod.Get, _customer, "/api/basket")).Dispose();
        Assert.NotEqual(before, await SavedAtAsync());
    }

    private async Task<DateTimeOffset> SavedAtAsync() =>
        (await host.Dapr.GetStateAsync<JsonElement>(ComponentNames.StateStore, BasketStore.KeyOf(_customer))).GetProperty("savedAt").GetDateTimeOffset();

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();
}
