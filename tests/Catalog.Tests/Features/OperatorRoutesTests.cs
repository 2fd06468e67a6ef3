using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Argosy.Catalog.Features.Imports;
using Argosy.Catalog.Tests.Support;
using Argosy.Contracts.Http;

namespace Argosy.Catalog.Tests.Features;

public sealed class OperatorRoutesTests : IAsyncLifetime
{
    private CatalogHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await CatalogHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("POST", "/api/catalog/products")]
    [InlineData("PUT", "/api/catalog/products/x")]
    [InlineData("DELETE", "/api/catalog/products/x")]
    [InlineData("POST", "/api/catalog/imports")]
    [InlineData("GET", "/api/catalog/export")]
    public async Task Route_WithoutOperatorRole_IsForbidden(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
            request.Content = new StringContent("{}", Encoding.UTF8, path.EndsWith("imports", StringComparison.Ordinal) ? "text/csv" : "application/json");
        using var answer = await _host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("", "title")]
    [InlineData("\"title\":\" \",", "title")]
    [InlineData("\"title\":\"T\",\"slug\":\"Not a slug\",", "slug")]
    [InlineData("\"title\":\"???\",", "slug")]
    [InlineData("\"title\":\"T\",\"category\":null,", "category")]
    [InlineData("\"title\":\"T\",\"tags\":[null],", "tags")]
    [InlineData("\"title\":\"T\",\"images\":[\"http://plain\"],", "images")]
    [InlineData("\"title\":\"T\",\"images\":[\"javascript:alert(1)\"],", "images")]
    [InlineData("\"title\":\"T\",\"options\":[\"A\",\"B\",\"C\",\"D\"],", "options")]
    public async Task Create_BadField_IsNamed(string fields, string field) =>
        await AssertRefusedAsync($$$"""{ {{{fields}}} {{{(fields.Contains("category", StringComparison.Ordinal) ? "" : "\"category\":\"c\",")}}} "variants":[{"sku":"A-1","price":{"amount":100,"currency":"EUR"}}] }""", field);

    [Theory]
    [InlineData("null", "variants")]
    [InlineData("[]", "variants")]
    [InlineData("[null]", "variants[0]")]
    [InlineData("[{\"price\":{\"amount\":1,\"currency\":\"EUR\"}}]", "variants[0].sku")]
    [InlineData("[{\"sku\":\"a/b\",\"price\":{\"amount\":1,\"currency\":\"EUR\"}}]", "variants[0].sku")]
    [InlineData("[{\"sku\":\"a\"}]", "variants[0].price")]
    [InlineData("[{\"sku\":\"a\",\"price\":{\"amount\":0,\"currency\":\"EUR\"}}]", "variants[0].price")]
    [InlineData("[{\"sku\":\"a\",\"price\":{\"amount\":-1,\"currency\":\"EUR\"}}]", "variants[0].price")]
    [InlineData("[{\"sku\":\"a\",\"price\":{\"amount\":1,\"currency\":\"USD\"}}]", "variants[0].price")]
    [InlineData("[{\"sku\":\"a\",\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"initialStock\":-1}]", "variants[0].initialStock")]
    [InlineData("[{\"sku\":\"a\",\"price\":{\"amount\":1,\"currency\":\"EUR\"},\"options\":[\"L\"]}]", "variants[0].options")]
    [InlineData("[{\"sku\":\"a\",\"price\":{\"amount\":1,\"currency\":\"EUR\"}},{\"sku\":\"a\",\"price\":{\"amount\":1,\"currency\":\"EUR\"}}]", "variants")]
    public async Task Create_BadVariants_AreNamed(string variants, string field) =>
        await AssertRefusedAsync($$"""{"title":"T","category":"c","variants":{{variants}}}""", field);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"title\":5}")]
    public async Task Create_NotTheExpectedJson_IsRefused(string body)
    {
        using var answer = await SendAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Import_FileTooLarge_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/catalog/imports") { Content = new ByteArrayContent(new byte[ImportProducts.MaximumBytes + 1]) };
        request.Content.Headers.ContentType = new("text/csv");
        request.Headers.Add(ArgosyHeaders.Role, "operator");
        request.Headers.ExpectContinue = true;
        using var answer = await _host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Import_OtherContentType_IsRefused()
    {
        using var answer = await SendAsync("{}", "/api/catalog/imports");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Import_HeaderOnly_IsRefused()
    {
        using var answer = await _host.ImportAsync(Files.Header);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Change_UnknownProduct_IsNotFound(string method)
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await _host.SendAsOperatorAsync(new HttpMethod(method), "/api/catalog/products/nothing", content, "*");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private Task<HttpResponseMessage> SendAsync(string body, string path = "/api/catalog/products") =>
        _host.SendAsOperatorAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, "application/json"));

    private async Task AssertRefusedAsync(string body, string field)
    {
        using var answer = await SendAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Contains(field, errors.EnumerateObject().Select(e => e.Name));
    }
}
