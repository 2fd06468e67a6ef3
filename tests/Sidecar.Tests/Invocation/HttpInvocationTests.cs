using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapr.Client;
using Xunit;

namespace Argosy.Sidecar.Tests.Invocation;

public sealed class HttpInvocationTests(InvocationFixture fixture) : IClassFixture<InvocationFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Invoke_EveryVerb_ReachesTheAppWithPathQueryAndBody(string verb)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/v1.0/invoke/orders/method/a/b%20c/ünï?x=1&y=%2F");
        if (verb is not ("GET" or "DELETE"))
            request.Content = new StringContent("payload");

        var echo = await SendAsync(request);

        Assert.Equal(verb, echo.Method);
        Assert.Equal("/a/b c/ünï?x=1&y=%2F", echo.Target);
        Assert.Equal(request.Content is null ? "" : "payload", echo.Body);
    }

    [Theory]
    [InlineData("/v1.0/invoke/orders/method/", "/")]
    [InlineData("/v1.0/invoke/orders/method", "/")]
    [InlineData("/v1.0/invoke/orders/method?x=1", "/?x=1")]
    [InlineData("/v1.0/invoke/orders/method/open/%2e%2e/%2e%2e/closed", null)]
    [InlineData("/v1.0/invoke/orders/method/a/%2e%2e/b", "/b")]
    [InlineData("/v1.0/invoke/orders/method/a//b", "/a/b")]
    [InlineData("/v1.0/invoke/orders/method/method/x", "/method/x")]
    public async Task Invoke_PathThatIsNotNormal_IsCleanedBeforeItReachesTheApp(string path, string? expected)
    {
        using var http = new HttpClient();
        var exact = new Uri(fixture.Sidecar.HttpEndpoint + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        using var response = await http.GetAsync(exact, Now);

        if (expected is null)
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        else
            Assert.Equal(expected, (await response.Content.ReadFromJsonAsync<Echo>(Now))!.Target);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(503)]
    public async Task Invoke_StatusOfTheApp_PassesThroughWithItsHeaders(int status)
    {
        using var response = await fixture.Http.GetAsync(new Uri($"/v1.0/invoke/orders/method/status/{status}", UriKind.Relative), Now);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("because", response.Headers.GetValues("X-Reason").Single());
        Assert.Equal(status == 204 ? "" : "the app's own words", await response.Content.ReadAsStringAsync(Now));
    }

    [Fact]
    public async Task Invoke_Headers_NameCallerAndCalleeAndCannotBeForged()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/invoke/orders/method/x");
        request.Headers.Add("dapr-caller-app-id", "somebody-else");
        request.Headers.Add("dapr-caller-namespace", "elsewhere");
        request.Headers.Add("dapr-callee-app-id", "nobody");
        request.Headers.Add("dapr-api-token", "the sidecar's");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("X-Mine", "kept");

        var headers = (await SendAsync(request)).Headers;

        Assert.Equal("shop", headers["dapr-caller-app-id"]);
        Assert.Equal("default", headers["dapr-caller-namespace"]);
        Assert.Equal("orders", headers["dapr-callee-app-id"]);
        Assert.Equal("orders-token", headers["dapr-api-token"]);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", headers["traceparent"]);
        Assert.Equal("kept", headers["x-mine"]);
        Assert.True(headers.ContainsKey("x-forwarded-for"));
        Assert.True(headers.ContainsKey("x-forwarded-host"));
    }

    [Fact]
    public async Task Invoke_Self_ReachesTheOwnAppWithoutForwardingHeaders()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/invoke/shop/method/x");

        var headers = (await SendAsync(request)).Headers;

        Assert.Equal("shop", headers["dapr-callee-app-id"]);
        Assert.False(headers.ContainsKey("x-forwarded-for"));
    }

    [Fact]
    public async Task Invoke_AppInAnotherNamespace_IsFoundByItsFullName()
    {
        using var near = new HttpRequestMessage(HttpMethod.Get, "/v1.0/invoke/orders.default/method/x");
        using var far = new HttpRequestMessage(HttpMethod.Get, "/v1.0/invoke/orders.archive/method/x");

        Assert.NotEqual((await SendAsync(near)).Port, (await SendAsync(far)).Port);
    }

    [Fact]
    public async Task Invoke_AppIdInHeaderOrUser_TakesTheWholePathAsMethod()
    {
        using var byHeader = new HttpRequestMessage(HttpMethod.Get, "/any/path?q=1");
        byHeader.Headers.Add("dapr-app-id", "orders");
        using var byUser = new HttpRequestMessage(HttpMethod.Get, "/any/path?q=1");
        byUser.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("dapr-app-id:orders")));

        var fromHeader = await SendAsync(byHeader);

        Assert.Equal("/any/path?q=1", fromHeader.Target);
        Assert.False(fromHeader.Headers.ContainsKey("dapr-app-id"));
        Assert.Equal("/any/path?q=1", (await SendAsync(byUser)).Target);
    }

    [Fact]
    public async Task Invoke_UnknownApp_IsADirectInvokeError()
    {
        using var response = await fixture.Http.GetAsync(new Uri("/v1.0/invoke/nobody/method/x", UriKind.Relative), Now);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.Equal("ERR_DIRECT_INVOKE", error.GetProperty("errorCode").GetString());
        Assert.Equal("failed to invoke, id: nobody, err: couldn't find service: nobody", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("/v1.0/nothing")]
    [InlineData("/v1.0/invoke/orders")]
    [InlineData("/v1.0/invoke/orders/methods/x")]
    [InlineData("/")]
    public async Task Request_PathThatNobodyServes_Is404DirectInvoke(string path)
    {
        using var response = await fixture.Http.GetAsync(new Uri(path, UriKind.Relative), Now);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("ERR_DIRECT_INVOKE", (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task Invoke_ResponseStream_FlowsBeforeTheAppHasFinished()
    {
        using var response = await fixture.Http.GetAsync(new Uri("/v1.0/invoke/orders/method/drip", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Now);
        await using var stream = await response.Content.ReadAsStreamAsync(Now);
        var buffer = new byte[64];

        var read = await stream.ReadAsync(buffer, Now).AsTask().WaitAsync(Patience, Now);
        Assert.Equal("first", Encoding.UTF8.GetString(buffer, 0, read));

        fixture.GoOn.SetResult();
        read = await stream.ReadAsync(buffer, Now).AsTask().WaitAsync(Patience, Now);
        Assert.Equal("last", Encoding.UTF8.GetString(buffer, 0, read));
    }

    [Fact]
    public async Task Invoke_RequestStream_ReachesTheAppBeforeTheCallerHasFinished()
    {
        using var body = new PushedContent();
        var sending = fixture.Http.PostAsync(new Uri("/v1.0/invoke/orders/method/listen", UriKind.Relative), body, Now);

        var first = new string('a', 64 * 1024);
        await body.PushAsync(first, Now);
        Assert.StartsWith("aaa", await fixture.Heard.Task.WaitAsync(Patience, Now));

        await body.PushAsync("last", Now);
        body.Finish();
        using var response = await sending.WaitAsync(Patience, Now);
        Assert.Equal(first + "last", await response.Content.ReadAsStringAsync(Now));
    }

    [Fact]
    public async Task Invoke_LargeBody_ArrivesWholeAndOverTheLimitIsRefused()
    {
        var large = new byte[3 * 1024 * 1024];
        Random.Shared.NextBytes(large);

        using var echoed = await fixture.Http.PostAsync(new Uri("/v1.0/invoke/orders/method/echo", UriKind.Relative), new ByteArrayContent(large), Now);
        Assert.Equal(large, await echoed.Content.ReadAsByteArrayAsync(Now));

        // Asks first: a client that is still sending when it is refused may lose the answer with the connection.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/invoke/orders/method/x") { Content = new ByteArrayContent(new byte[5 * 1024 * 1024]), Headers = { ExpectContinue = true } };
        using var refused = await fixture.Http.SendAsync(request, Now);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    [Fact]
    public async Task Invoke_OverHttp2WithPriorKnowledge_IsServedOnTheSamePort()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/invoke/orders/method/x") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using var response = await fixture.Http.SendAsync(request, Now);

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Sdk_InvokableClient_ReachesTheApp()
    {
        using var client = DaprClient.CreateInvokeHttpClient("orders", fixture.Sidecar.HttpEndpoint);

        using var response = await client.PostAsJsonAsync("/from/client?q=1", new { number = 1 }, Now);

        var echo = (await response.Content.ReadFromJsonAsync<Echo>(Now))!;
        Assert.Equal("/from/client?q=1", echo.Target);
        Assert.Equal("""{"number":1}""", echo.Body);
    }

    private async Task<Echo> SendAsync(HttpRequestMessage request)
    {
        using var response = await fixture.Http.SendAsync(request, Now);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<Echo>(Now))!;
    }
}
