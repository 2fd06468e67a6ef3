using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Argosy.Catalog.Features.Stock;
using Argosy.Catalog.Tests.Support;
using Argosy.Contracts.Catalog;
using Argosy.Contracts.Inventory;

namespace Argosy.Catalog.Tests.Features;

/// <summary>What the catalog does with its database; runs on every provider.</summary>
public abstract class CatalogContract
{
    private const string Mug = """{"title":"Tea Mug","category":"kitchen-cups","variants":[{"sku":"TEA-1","price":{"amount":1500,"currency":"EUR"},"initialStock":4}]}""";

    [Fact]
    public async Task Import_NewFile_CreatesProductsAndEvents()
    {
        await using var host = await StartAsync();
        Assert.Equal("""{"created":2,"updated":0,"unchanged":0}""", (await host.ImportedAsync(Files.LampAndMug)).GetRawText());
        var events = await host.EventsAsync<ProductChanged>();
        Assert.Equal(["brass-lamp", "plain-mug"], events.Select(e => e.Slug).Order());
        var lamp = events.Single(e => e.Slug == "brass-lamp");
        Assert.Equal((1L, "Brass Lamp", "home-and-living-lighting"), (lamp.Version, lamp.Title, lamp.Category));
        Assert.Equal([("LAMP-G", "Gold", 8990L, 7), ("LAMP-B", "Black", 7900L, 0)], lamp.Variants.Select(v => (v.Sku, v.Title, v.Price.Amount, v.InitialStock)));
        Assert.Equal(lamp.ProductId, (await host.GetAsync("/api/catalog/products/brass-lamp")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Import_SameFileAgain_ChangesNothing()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.LampAndMug);
        using var before = await host.Http.GetAsync("/api/catalog/products/brass-lamp");
        Assert.Equal("""{"created":0,"updated":0,"unchanged":2}""", (await host.ImportedAsync(Files.LampAndMug)).GetRawText());
        using var after = await host.Http.GetAsync("/api/catalog/products/brass-lamp");
        Assert.Equal(before.Headers.ETag, after.Headers.ETag);
        Assert.Equal(2, (await host.EventsAsync<ProductChanged>()).Count);
    }

    [Fact]
    public async Task Import_ChangedPrice_UpdatesThatProductAtOnce()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.LampAndMug);
        Assert.Equal(1250, await PriceAsync(host, "plain-mug"));
        Assert.Equal(1250, await QuoteAsync(host, "MUG-1"));
        var report = await host.ImportedAsync(Files.LampAndMug.Replace("12.50", "13.75", StringComparison.Ordinal));
        Assert.Equal("""{"created":0,"updated":1,"unchanged":1}""", report.GetRawText());
        Assert.Equal(1375, await PriceAsync(host, "plain-mug"));
        Assert.Equal(1375, await QuoteAsync(host, "MUG-1"));
        Assert.Equal((2L, 1375L), (await host.EventsAsync<ProductChanged>()).Where(e => e.Slug == "plain-mug").Select(e => (e.Version, e.Variants[0].Price.Amount)).Last());
    }

    [Fact]
    public async Task Import_VariantGone_IsNotSoldAnyMore()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.LampAndMug);
        await host.ImportedAsync(string.Join('\n', Files.LampAndMug.Split('\n').Where(row => !row.Contains("LAMP-B", StringComparison.Ordinal))));
        Assert.Equal(1, (await host.GetAsync("/api/catalog/products/brass-lamp")).GetProperty("variants").GetArrayLength());
        Assert.Null(await QuoteAsync(host, "LAMP-B"));
        Assert.NotNull(await QuoteAsync(host, "LAMP-G"));
    }

    [Fact]
    public async Task Import_OneBadRow_ChangesNothing()
    {
        await using var host = await StartAsync();
        using var answer = await host.ImportAsync($"{Files.LampAndMug}\n{Files.Product("bad", "BAD-1", price: "free")}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("import-invalid", problem.GetProperty("code").GetString());
        var error = problem.GetProperty("rowErrors")[0];
        Assert.Equal((5, "Variant Price"), (error.GetProperty("row").GetInt32(), error.GetProperty("column").GetString()));
        await AssertEmptyAsync(host);
    }

    [Fact]
    public async Task Import_SkuOfAnotherProduct_ChangesNothing()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.Of(Files.Product("owner", "S-1")));
        using var answer = await host.ImportAsync(Files.Of(Files.Product("fine", "F-1"), Files.Product("thief", "S-1")));
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("rowErrors")[0];
        Assert.Equal((3, "Variant SKU"), (error.GetProperty("row").GetInt32(), error.GetProperty("column").GetString()));
        Assert.Contains("owner", error.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, (await host.GetAsync("/api/catalog/products")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Export_Imported_ChangesNothing()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.LampAndMug);
        await host.ImportedAsync(Files.Of("pic,Quote \"\"\"\"s,\"<p>a, b</p><p>c &lt; d</p>\",Me & Co,Things > Deep,\"x, y\",FALSE,Size,L,PIC-1,3,1.00,https://cdn.example/1.jpg", "pic,,,,,,,,,,,,https://cdn.example/2.jpg").Replace("Quote \"\"\"\"s", "\"Quote \"\"s\"", StringComparison.Ordinal));
        using var export = await host.SendAsOperatorAsync(HttpMethod.Get, "/api/catalog/export");
        Assert.Equal("text/csv", export.Content.Headers.ContentType?.MediaType);
        var csv = await export.Content.ReadAsStringAsync();
        Assert.Equal("""{"created":0,"updated":0,"unchanged":3}""", (await host.ImportedAsync(csv)).GetRawText());
        await using var other = await StartAsync();
        Assert.Equal(3, (await other.ImportedAsync(csv)).GetProperty("created").GetInt32());
    }

    [Fact]
    public async Task Unpublish_Product_HidesItEverywhere()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.Of(Files.Product("a", "A-1")));
        Assert.NotNull(await QuoteAsync(host, "A-1"));
        await host.ImportedAsync(Files.Of(Files.Product("a", "A-1", published: "FALSE")));
        Assert.Equal(0, (await host.GetAsync("/api/catalog/products")).GetProperty("total").GetInt32());
        using var hidden = await host.Http.GetAsync("/api/catalog/products/a");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Null(await QuoteAsync(host, "A-1"));
        Assert.Equal(["A-1"], (await host.EventsAsync<ProductRemoved>()).Single().Skus);
        using var seen = await host.SendAsOperatorAsync(HttpMethod.Get, "/api/catalog/products/a");
        Assert.False((await seen.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("published").GetBoolean());
        Assert.Equal("no-store, private", string.Join(", ", seen.Headers.CacheControl!.ToString().Split(", ").Order()));
    }

    [Fact]
    public async Task Create_Product_IsListedAndPublished()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.LampAndMug);
        Assert.Equal(2, (await host.GetAsync("/api/catalog/products")).GetProperty("total").GetInt32());
        using var created = await host.SendAsOperatorAsync(HttpMethod.Post, "/api/catalog/products", Json(Mug));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var product = await created.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("tea-mug", product.GetProperty("slug").GetString());
        Assert.Equal(4, product.GetProperty("variants")[0].GetProperty("available").GetInt32());
        Assert.Equal(3, (await host.GetAsync("/api/catalog/products")).GetProperty("total").GetInt32());
        Assert.Equal(1500, await PriceAsync(host, created.Headers.Location!.ToString().Split('/')[^1]));
        using var image = await host.Http.GetAsync(product.GetProperty("images")[0].GetString());
        Assert.Equal(HttpStatusCode.OK, image.StatusCode);
        Assert.Contains(await host.EventsAsync<ProductChanged>(), e => e.Slug == "tea-mug");
    }

    [Theory]
    [InlineData("""{"title":"Tea Mug","category":"nowhere","variants":[{"sku":"X","price":{"amount":1,"currency":"EUR"}}]}""", 422, "unknown-category")]
    [InlineData("""{"title":"Brass Lamp","category":"home-and-living","variants":[{"sku":"X","price":{"amount":1,"currency":"EUR"}}]}""", 409, "slug-taken")]
    [InlineData("""{"title":"Tea Mug","category":"home-and-living","variants":[{"sku":"MUG-1","price":{"amount":1,"currency":"EUR"}}]}""", 409, "sku-taken")]
    public async Task Create_WhatTheDatabaseForbids_IsRefused(string body, int status, string code)
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.LampAndMug);
        using var answer = await host.SendAsOperatorAsync(HttpMethod.Post, "/api/catalog/products", Json(body));
        Assert.Equal((status, code), ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
        Assert.Equal(2, (await host.GetAsync("/api/catalog/products")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Replace_WithTheSeenVersion_ChangesTheProduct()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.LampAndMug);
        using var seen = await host.Http.GetAsync("/api/catalog/products/plain-mug");
        var image = (await seen.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("images")[0].GetString();
        using var answer = await host.SendAsOperatorAsync(HttpMethod.Put, "/api/catalog/products/plain-mug", Json(Mug.Replace("kitchen-cups", "home-and-living-lighting", StringComparison.Ordinal)), seen.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var product = await host.GetAsync("/api/catalog/products/plain-mug");
        Assert.Equal(("Tea Mug", "home-and-living-lighting", "TEA-1"), (product.GetProperty("title").GetString(), product.GetProperty("category").GetString(), product.GetProperty("variants")[0].GetProperty("sku").GetString()));
        Assert.NotEqual(image, product.GetProperty("images")[0].GetString());
        using var old = await host.Http.GetAsync(image);
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
        Assert.Equal(2, (await host.EventsAsync<ProductChanged>())[^1].Version);
    }

    [Fact]
    public async Task Replace_AfterAnotherEdit_IsRefused()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.LampAndMug);
        using var seen = await host.Http.GetAsync("/api/catalog/products/plain-mug");
        var etag = seen.Headers.ETag!.ToString();
        using var first = await host.SendAsOperatorAsync(HttpMethod.Put, "/api/catalog/products/plain-mug", Json(Mug), etag);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await host.SendAsOperatorAsync(HttpMethod.Put, "/api/catalog/products/plain-mug", Json(Mug.Replace("Tea Mug", "Other", StringComparison.Ordinal)), etag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        using var third = await host.SendAsOperatorAsync(HttpMethod.Put, "/api/catalog/products/plain-mug", Json(Mug));
        Assert.Equal(HttpStatusCode.PreconditionRequired, third.StatusCode);
        Assert.Equal("Tea Mug", (await host.GetAsync("/api/catalog/products/plain-mug")).GetProperty("title").GetString());
    }

    [Fact]
    public async Task Replace_AfterASale_IsNotHindered()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.LampAndMug);
        using var seen = await host.Http.GetAsync("/api/catalog/products/plain-mug");
        await StockAsync(host, new StockChanged("MUG-1", 2, 24, 0, 24));
        using var answer = await host.SendAsOperatorAsync(HttpMethod.Put, "/api/catalog/products/plain-mug", Json(Mug), seen.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Delete_Product_IsGoneWithItsPictureAndSaysSo()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.LampAndMug);
        var lamp = await host.GetAsync("/api/catalog/products/brass-lamp");
        using var unconditional = await host.SendAsOperatorAsync(HttpMethod.Delete, "/api/catalog/products/brass-lamp");
        Assert.Equal(HttpStatusCode.PreconditionRequired, unconditional.StatusCode);
        using var answer = await host.SendAsOperatorAsync(HttpMethod.Delete, "/api/catalog/products/brass-lamp", ifMatch: "*");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using var gone = await host.Http.GetAsync("/api/catalog/products/brass-lamp");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        using var image = await host.Http.GetAsync(lamp.GetProperty("images")[0].GetString());
        Assert.Equal(HttpStatusCode.NotFound, image.StatusCode);
        var removed = Assert.Single(await host.EventsAsync<ProductRemoved>());
        Assert.Equal((lamp.GetProperty("id").GetString(), 2L), (removed.ProductId, removed.Version));
        Assert.Equal(["LAMP-B", "LAMP-G"], removed.Skus.Order());
        Assert.Null(await QuoteAsync(host, "LAMP-G"));
    }

    [Fact]
    public async Task StockChanged_NewerAndOlder_OnlyTheNewestCounts()
    {
        await using var host = await StartAsync();
        await host.ImportedAsync(Files.LampAndMug);
        Assert.Equal(25, await AvailableAsync(host));
        await StockAsync(host, new StockChanged("MUG-1", 5, 20, 2, 18));
        Assert.Equal(18, await AvailableAsync(host));
        await StockAsync(host, new StockChanged("MUG-1", 4, 25, 0, 25));
        await StockAsync(host, new StockChanged("MUG-1", 5, 25, 0, 25));
        Assert.Equal(18, await AvailableAsync(host));
        await StockAsync(host, new StockChanged("MUG-1", 6, 0, 0, 0));
        Assert.Equal(0, await AvailableAsync(host));
    }

    [Fact]
    public async Task StockChanged_BeforeTheProduct_IsRemembered()
    {
        await using var host = await StartAsync();
        await StockAsync(host, new StockChanged("MUG-1", 3, 9, 0, 9));
        await host.ImportedAsync(Files.LampAndMug);
        Assert.Equal(9, await AvailableAsync(host));
    }

    [Fact]
    public async Task Import_ManyProducts_IsListedCompletely()
    {
        await using var host = await StartAsync();
        var report = await host.ImportedAsync(Files.Of(Enumerable.Range(0, 620).Select(i => Files.Product($"p{i}", $"P-{i}", category: i % 2 == 0 ? "Even" : "Odd > Deeper"))));
        Assert.Equal(620, report.GetProperty("created").GetInt32());
        Assert.Equal(310, (await host.GetAsync("/api/catalog/products?category=odd")).GetProperty("total").GetInt32());
        Assert.Equal(620, (await host.EventsAsync<ProductChanged>()).Count);
    }

    private protected abstract Task<CatalogHost> StartAsync();

    private static StringContent Json(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    private static async Task StockAsync(CatalogHost host, StockChanged stock)
    {
        await host.InTransactionAsync(context => StockChangedHandler.HandleAsync(stock, context, CancellationToken.None));
        host.PassCacheValidity();
    }

    private static async Task<int> AvailableAsync(CatalogHost host)
    {
        var list = await host.GetAsync("/api/catalog/products?category=kitchen");
        var detail = await host.GetAsync("/api/catalog/products/plain-mug");
        var available = detail.GetProperty("variants")[0].GetProperty("available").GetInt32();
        Assert.Equal(available, list.GetProperty("items")[0].GetProperty("variants")[0].GetProperty("available").GetInt32());
        return available;
    }

    private static async Task<long> PriceAsync(CatalogHost host, string product) =>
        (await host.GetAsync($"/api/catalog/products/{product}")).GetProperty("variants")[0].GetProperty("price").GetProperty("amount").GetInt64();

    private static async Task<long?> QuoteAsync(CatalogHost host, string sku)
    {
        using var answer = await host.Http.PostAsJsonAsync("/internal/catalog/quotes", new PriceQuoteRequest([sku]));
        return (await answer.Content.ReadFromJsonAsync<PriceQuoteResponse>())!.Quotes.SingleOrDefault()?.Price.Amount;
    }

    private static async Task AssertEmptyAsync(CatalogHost host)
    {
        Assert.Equal(0, (await host.GetAsync("/api/catalog/products")).GetProperty("total").GetInt32());
        Assert.Empty((await host.GetAsync("/api/catalog/categories")).GetProperty("items").EnumerateArray());
        Assert.Empty(await host.EventsAsync<ProductChanged>());
    }
}
