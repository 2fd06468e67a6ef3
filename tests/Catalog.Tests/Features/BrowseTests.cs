using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using Argosy.Catalog.Tests.Support;
using Argosy.Contracts.Catalog;

namespace Argosy.Catalog.Tests.Features;

public sealed class BrowseTests(SeededCatalog catalog) : IClassFixture<SeededCatalog>
{
    private readonly CatalogHost _host = catalog.Host;

    [Fact]
    public async Task List_Default_HasTheShapeClientsRelyOn()
    {
        var list = await _host.GetAsync("/api/catalog/products?pageSize=20");
        Assert.Equal((1, 20), (list.GetProperty("page").GetInt32(), list.GetProperty("pageSize").GetInt32()));
        Assert.Equal(20, list.GetProperty("items").GetArrayLength());
        Assert.True(list.GetProperty("total").GetInt32() >= 1_200);
        Assert.All(list.GetProperty("items").EnumerateArray(), product =>
        {
            Assert.True(Guid.TryParse(product.GetProperty("id").GetString(), out _));
            Assert.All(["slug", "title", "description", "category"], field => Assert.NotEmpty(product.GetProperty(field).GetString()!));
            Assert.StartsWith("/api/catalog/images/", product.GetProperty("images")[0].GetString(), StringComparison.Ordinal);
            Assert.All(product.GetProperty("variants").EnumerateArray(), variant =>
            {
                Assert.NotEmpty(variant.GetProperty("sku").GetString()!);
                Assert.NotEmpty(variant.GetProperty("title").GetString()!);
                Assert.True(variant.GetProperty("price").GetProperty("amount").GetInt64() > 0);
                Assert.Equal("EUR", variant.GetProperty("price").GetProperty("currency").GetString());
                Assert.True(variant.GetProperty("available").GetInt32() >= 0);
            });
        });
    }

    [Theory]
    [InlineData("newest", 100)]
    [InlineData("price", 97)]
    [InlineData("-price", 64)]
    [InlineData("title", 100)]
    public async Task List_AllPages_ShowEveryProductOnceInOrder(string sort, int pageSize)
    {
        var (ids, keys, total) = (new List<string>(), new List<IComparable>(), 0);
        for (var page = 1; page == 1 || ids.Count < total; page++)
        {
            var list = await _host.GetAsync($"/api/catalog/products?sort={sort}&page={page}&pageSize={pageSize}");
            total = list.GetProperty("total").GetInt32();
            var items = list.GetProperty("items").EnumerateArray().ToList();
            Assert.NotEmpty(items);
            ids.AddRange(items.Select(p => p.GetProperty("id").GetString()!));
            keys.AddRange(items.Select(p => KeyOf(sort, p)));
        }
        Assert.Equal(total, ids.Distinct().Count());
        Assert.Equal(total, ids.Count);
        Assert.Equal(keys.Order(), keys);
    }

    [Fact]
    public async Task List_Category_IncludesThoseBelow()
    {
        var kitchen = await _host.GetAsync("/api/catalog/products?category=kitchen&pageSize=100");
        var knives = await _host.GetAsync("/api/catalog/products?category=kitchen-knives&pageSize=100");
        Assert.True(kitchen.GetProperty("total").GetInt32() > knives.GetProperty("total").GetInt32());
        Assert.All(kitchen.GetProperty("items").EnumerateArray(), p => Assert.StartsWith("kitchen-", p.GetProperty("category").GetString(), StringComparison.Ordinal));
        Assert.All(knives.GetProperty("items").EnumerateArray(), p => Assert.Equal("kitchen-knives", p.GetProperty("category").GetString()));
    }

    [Fact]
    public async Task Categories_Counts_AreThoseOfTheLists()
    {
        var categories = (await _host.GetAsync("/api/catalog/categories")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(12, categories.Count);
        Assert.Equal((await _host.GetAsync("/api/catalog/products")).GetProperty("total").GetInt32(), categories.Sum(c => c.GetProperty("productCount").GetInt32()));
        foreach (var node in categories.SelectMany(c => c.GetProperty("children").EnumerateArray().Append(c)))
        {
            var list = await _host.GetAsync($"/api/catalog/products?category={node.GetProperty("slug").GetString()}&pageSize=1");
            Assert.Equal(list.GetProperty("total").GetInt32(), node.GetProperty("productCount").GetInt32());
        }
    }

    [Fact]
    public async Task List_PageSizeAboveTheMaximum_IsCapped() =>
        Assert.Equal(100, (await _host.GetAsync("/api/catalog/products?pageSize=5000")).GetProperty("items").GetArrayLength());

    [Fact]
    public async Task List_PastTheEnd_IsEmpty()
    {
        var list = await _host.GetAsync("/api/catalog/products?page=100000");
        Assert.Equal(0, list.GetProperty("items").GetArrayLength());
        Assert.True(list.GetProperty("total").GetInt32() > 0);
    }

    [Theory]
    [InlineData("page=0", 400, "validation-failed")]
    [InlineData("page=-1", 400, "validation-failed")]
    [InlineData("page=x", 400, "validation-failed")]
    [InlineData("page=99999999999999999999", 400, "validation-failed")]
    [InlineData("pageSize=0", 400, "validation-failed")]
    [InlineData("pageSize=1.5", 400, "validation-failed")]
    [InlineData("sort=cheapest", 400, "validation-failed")]
    [InlineData("category=NOT%20A%20SLUG", 400, "validation-failed")]
    [InlineData("category=kitchen'%20OR%201=1", 400, "validation-failed")]
    [InlineData("category=nowhere", 404, "unknown-category")]
    public async Task List_Nonsense_IsRefused(string query, int status, string code)
    {
        using var answer = await _host.Http.GetAsync($"/api/catalog/products?{query}");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Detail_IdAndSlug_AreTheSameProduct()
    {
        var item = (await _host.GetAsync("/api/catalog/products?pageSize=1")).GetProperty("items")[0];
        var byId = await _host.GetAsync($"/api/catalog/products/{item.GetProperty("id").GetString()}");
        var bySlug = await _host.GetAsync($"/api/catalog/products/{item.GetProperty("slug").GetString()}");
        Assert.Equal(byId.ToString(), bySlug.ToString());
        Assert.Equal(item.GetProperty("title").GetString(), byId.GetProperty("title").GetString());
        Assert.Contains('\n', byId.GetProperty("description").GetString()!);
    }

    [Theory]
    [InlineData("no-such-product")]
    [InlineData("00000000-0000-7000-8000-000000000000")]
    [InlineData("%00")]
    [InlineData("..%2F..%2Fetc")]
    public async Task Detail_Unknown_IsNotFound(string name)
    {
        using var answer = await _host.Http.GetAsync($"/api/catalog/products/{name}");
        Assert.InRange((int)answer.StatusCode, 400, 404);
    }

    [Theory]
    [InlineData("/api/catalog/products?pageSize=5")]
    [InlineData("/api/catalog/categories")]
    public async Task Get_KnownETag_IsNotSentAgain(string path)
    {
        using var first = await _host.Http.GetAsync(path);
        Assert.Equal("public, no-cache", first.Headers.CacheControl?.ToString().Replace("no-cache, public", "public, no-cache", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", $"\"other\", W/{first.Headers.ETag}");
        using var second = await _host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Image_OfAProduct_IsAnUnscriptableImmutableSvg()
    {
        var address = (await _host.GetAsync("/api/catalog/products?pageSize=1")).GetProperty("items")[0].GetProperty("images")[0].GetString();
        using var answer = await _host.Http.GetAsync(address);
        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("svg", XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!.Name.LocalName);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var again = await _host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("0000000000000000.svg")]
    [InlineData("x.svg")]
    [InlineData("0000000000000000.png")]
    public async Task Image_Unknown_IsNotFound(string file)
    {
        using var answer = await _host.Http.GetAsync($"/api/catalog/images/{file}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Quotes_SoldAndUnknownSkus_GiveQuotesOfTheSold()
    {
        var product = (await _host.GetAsync("/api/catalog/products?pageSize=1")).GetProperty("items")[0];
        var variant = product.GetProperty("variants")[0];
        var sku = variant.GetProperty("sku").GetString()!;
        for (var round = 0; round < 2; round++)
        {
            using var answer = await _host.Http.PostAsJsonAsync("/internal/catalog/quotes", new PriceQuoteRequest([sku, "NO-SUCH-SKU", sku]));
            var quote = Assert.Single((await answer.Content.ReadFromJsonAsync<PriceQuoteResponse>())!.Quotes);
            Assert.Equal((sku, product.GetProperty("id").GetString(), variant.GetProperty("price").GetProperty("amount").GetInt64()), (quote.Sku, quote.ProductId, quote.Price.Amount));
            Assert.StartsWith(product.GetProperty("title").GetString()!, quote.Title, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"skus\":null}")]
    [InlineData("{\"skus\":[null]}")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    public async Task Quotes_Nonsense_IsRefused(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _host.Http.PostAsync("/internal/catalog/quotes", content);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static IComparable KeyOf(string sort, JsonElement product)
    {
        var price = product.GetProperty("variants").EnumerateArray().Min(v => v.GetProperty("price").GetProperty("amount").GetInt64());
        return sort switch
        {
            "price" => price,
            "-price" => -price,
            "title" => new OrdinalText(product.GetProperty("title").GetString()!),
            _ => 0,
        };
    }

    private sealed record OrdinalText(string Text) : IComparable
    {
        public int CompareTo(object? obj) => string.CompareOrdinal(Text, ((OrdinalText)obj!).Text);
    }
}
