using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.ServiceDefaults.Errors;
using Argosy.ServiceDefaults.Http;
using Argosy.ServiceDefaults.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Argosy.ServiceDefaults.Tests.Errors;

/// <summary>Whatever goes wrong, clients get a whole problem with the right status, and nothing of the inside.</summary>
public sealed class ProblemTests : IAsyncLifetime
{
    private TestService? _service;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync(map: app =>
    {
        app.MapPost("/things", (Thing thing) => thing);
        app.MapGet("/things/{id:int}", (int id) => id);
        app.MapGet("/numbers", (int number) => number);
        app.MapGet("/pages", (PageRequest page) => page);
        app.MapGet("/mine", (CustomerId customer) => customer.Value);
        app.MapGet("/operators", () => "welcome").RequireOperator();
        app.MapGet("/refused", () => (DomainError.Conflict("order-shipped", "Too late.") with { Detail = "Shipped on Monday." }).ToProblem());
        app.MapGet("/busy", () => new DomainError("busy", "Later.", 503) { RetryAfter = TimeSpan.FromMilliseconds(1500) }.ToProblem());
        app.MapGet("/invalid", () => new Validation().RequireText("", "email", 10).RequireText(new string('x', 11), "name", 10).Require(false, "email", "must have an @").Error!.ToProblem());
        app.MapGet("/bug", string () => throw new InvalidOperationException("secret inside"));
        app.MapGet("/conflict", string () => throw new DbUpdateConcurrencyException("secret inside"));
        app.MapGet("/dependency", string () => throw new HttpRequestException("secret host"));
        app.MapGet("/bare", () => Results.NotFound());
    });

    public ValueTask DisposeAsync() => _service!.DisposeAsync();

    [Theory]
    [InlineData("GET", "/unknown", null, 404, "not-found")]
    [InlineData("DELETE", "/things", null, 405, "method-not-allowed")]
    [InlineData("GET", "/things/x", null, 404, "not-found")]
    [InlineData("GET", "/bare", null, 404, "not-found")]
    [InlineData("GET", "/numbers", null, 400, "invalid-request")]
    [InlineData("GET", "/numbers?number=x", null, 400, "invalid-request")]
    [InlineData("POST", "/things", null, 400, "invalid-request")]
    [InlineData("POST", "/things", "", 400, "invalid-request")]
    [InlineData("POST", "/things", "{", 400, "invalid-json")]
    [InlineData("POST", "/things", "[]", 400, "invalid-json")]
    [InlineData("POST", "/things", "null", 400, "invalid-request")]
    [InlineData("POST", "/things", """{"count":"many"}""", 400, "invalid-json")]
    [InlineData("POST", "/things", """{"count":99999999999}""", 400, "invalid-json")]
    [InlineData("POST", "/things", """{"kind":"unknown"}""", 400, "invalid-json")]
    [InlineData("POST", "/things", """{"kind":1}""", 400, "invalid-json")]
    [InlineData("GET", "/pages?page=0", null, 400, "validation-failed")]
    [InlineData("GET", "/pages?pageSize=-1", null, 400, "validation-failed")]
    [InlineData("GET", "/pages?page=99999999999", null, 400, "validation-failed")]
    [InlineData("GET", "/mine", null, 401, "customer-required")]
    [InlineData("GET", "/operators", null, 403, "operator-required")]
    [InlineData("GET", "/refused", null, 409, "order-shipped")]
    [InlineData("GET", "/invalid", null, 400, "validation-failed")]
    [InlineData("GET", "/conflict", null, 409, "concurrent-change")]
    [InlineData("GET", "/dependency", null, 503, "dependency-unavailable")]
    [InlineData("GET", "/busy", null, 503, "busy")]
    [InlineData("GET", "/bug", null, 500, "internal-error")]
    public async Task Failure_OfAnyKind_IsAWholeProblem(string method, string path, string? body, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _service!.Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal(code, (string)problem["code"]!);
        Assert.Equal($"/problems/{code}", (string)problem["type"]!);
        Assert.Equal(status, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["title"]!);
        Assert.Matches("^[0-9a-f]{32}$", (string)problem["traceId"]!);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validation_SeveralMistakes_ListsAllByField()
    {
        var problem = JsonNode.Parse(await GetTextAsync("/invalid"))!;
        Assert.Equal(["is required", "must have an @"], problem["errors"]!["email"]!.AsArray().Select(message => (string)message!));
        Assert.Single(problem["errors"]!["name"]!.AsArray());
    }

    [Fact]
    public async Task InvalidJson_InAField_NamesTheField()
    {
        using var answer = await _service!.Http.PostAsync(new Uri("/things", UriKind.Relative), new StringContent("""{"count":"many"}""", Encoding.UTF8, "application/json"));
        Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["errors"]!["count"]);
    }

    [Fact]
    public async Task WrongContentType_Is415()
    {
        using var answer = await _service!.Http.PostAsync(new Uri("/things", UriKind.Relative), new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("unsupported-media-type", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!);
    }

    [Fact]
    public async Task RetryAfter_OfHalfSeconds_IsRoundedUp()
    {
        using var answer = await _service!.Http.GetAsync(new Uri("/busy", UriKind.Relative));
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task Page_TooLarge_IsCutDown()
    {
        var page = await _service!.Http.GetFromJsonAsync<JsonObject>(new Uri("/pages?page=3&pageSize=5000", UriKind.Relative));
        Assert.Equal((3, 100, 200), ((int)page!["page"]!, (int)page["pageSize"]!, (int)page["skip"]!));
    }

    [Fact]
    public async Task IdentityHeaders_OfTheGateway_AreTrusted()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/mine", UriKind.Relative));
        request.Headers.Add("X-Argosy-Customer", "guest-1");
        using var mine = await _service!.Http.SendAsync(request);
        Assert.Equal("guest-1", await mine.Content.ReadAsStringAsync());
        using var operatorRequest = new HttpRequestMessage(HttpMethod.Get, new Uri("/operators", UriKind.Relative));
        operatorRequest.Headers.Add("X-Argosy-Role", "operator");
        using var welcome = await _service.Http.SendAsync(operatorRequest);
        Assert.Equal("welcome", await welcome.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Json_Written_UsesCamelCaseAndKebabCaseEnums()
    {
        using var answer = await _service!.Http.PostAsync(new Uri("/things", UriKind.Relative), new StringContent("""{"count":2,"kind":"very-large"}""", Encoding.UTF8, "application/json"));
        Assert.Equal("""{"count":2,"kind":"very-large"}""", await answer.Content.ReadAsStringAsync());
    }

    private async Task<string> GetTextAsync(string path)
    {
        using var answer = await _service!.Http.GetAsync(new Uri(path, UriKind.Relative));
        return await answer.Content.ReadAsStringAsync();
    }

    private sealed record Thing(int Count, Kind Kind);

    private enum Kind
    {
        Small,
        VeryLarge,
    }
}
