using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Argosy.Sidecar.Tests.Invocation;

[Collection(nameof(EndpointFixture))]
public sealed class HttpEndpointTests(EndpointFixture fixture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Invoke_EveryVerb_ReachesTheHostBelowItsBasePath(string verb)
    {
        using var request = new HttpRequestMessage(new HttpMethod(verb), "/v1.0/invoke/outside/method/v1/payment_intents?expand[]=charge&q=%2F+x");
        if (verb is not ("GET" or "DELETE"))
            request.Content = new StringContent("amount=1", Encoding.UTF8, "application/x-www-form-urlencoded");

        var echo = await SendAsync(request);

        Assert.Equal((verb, "/base/v1/payment_intents?expand[]=charge&q=%2F+x"), (echo.Method, echo.Target));
        Assert.Equal(request.Content is null ? "" : "amount=1", echo.Body);
        Assert.Equal(request.Content is null ? null : "application/x-www-form-urlencoded; charset=utf-8", echo.Headers.GetValueOrDefault("content-type"));
    }

    [Theory]
    [InlineData("/v1.0/invoke/outside/method/", "/base")]
    [InlineData("/v1.0/invoke/outside/method?x=1", "/base?x=1")]
    [InlineData("/v1.0/invoke/outside.default/method/x", "/base/x")]
    [InlineData("/v1.0/invoke/outside/method/a/%2e%2e/%2e%2e/x", null)]
    public async Task Invoke_Path_StaysBelowTheBasePath(string path, string? expected)
    {
        var exact = new Uri(fixture.Sidecar.HttpEndpoint + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        using var response = await fixture.Http.GetAsync(exact, Now);

        if (expected is null)
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        else
            Assert.Equal(expected, (await response.Content.ReadFromJsonAsync<Echo>(Now))!.Target);
    }

    [Fact]
    public async Task Invoke_Headers_AreTheCallersWithThoseOfTheEndpointOnTopAndNoneOfTheSidecars()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/invoke/outside/method/x") { Content = new StringContent("x") };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer caller's");
        request.Headers.Add("X-Operator", ["caller's", "twice"]);
        request.Headers.Add("X-Missing", "caller's");
        request.Content.Headers.ContentLanguage.Add("de");
        request.Headers.Add("Idempotency-Key", "42:authorize");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("tracestate", "a=b");
        request.Headers.Add("User-Agent", "Stripe/v1");
        request.Headers.Add("Keep-Alive", "timeout=1");
        request.Headers.Add("dapr-caller-app-id", "forged");

        var headers = (await SendAsync(request)).Headers;

        Assert.Equal("Bearer s3cret", headers["authorization"]);
        Assert.Equal("operator", headers["x-operator"]);
        Assert.Equal("", headers["x-missing"]);
        Assert.Equal("en", headers["content-language"]);
        Assert.Equal("42:authorize", headers["idempotency-key"]);
        Assert.Equal(("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=b"), (headers["traceparent"], headers["tracestate"]));
        Assert.Equal("Stripe/v1", headers["user-agent"]);
        Assert.Equal($"localhost:{fixture.OutsidePort}", headers["host"]);
        Assert.DoesNotContain(headers.Keys, name => name.StartsWith("dapr-", StringComparison.Ordinal) || name.StartsWith("x-forwarded", StringComparison.Ordinal) || name is "forwarded" or "keep-alive");
    }

    [Fact]
    public async Task Invoke_AppIdInTheHeader_TakesTheWholePath()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/charges?limit=3");
        request.Headers.Add("dapr-app-id", "outside");

        Assert.Equal("/base/v1/charges?limit=3", (await SendAsync(request)).Target);
    }

    [Fact]
    public async Task Invoke_SecretStoreNotLoaded_CallsWithTheHeaderEmpty()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/invoke/unkeyed/method/x");

        Assert.Equal("", (await SendAsync(request)).Headers["authorization"]);
        Assert.Contains("HTTPEndpoint unkeyed takes secrets of a secret store that is not loaded: 'no-such-store'", fixture.Sidecar.Output);
        Assert.Contains("HTTPEndpoint outside: secret no-such-secret is missing", fixture.Sidecar.Output);
        Assert.DoesNotContain("s3cret", fixture.Sidecar.Output);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(302)]
    [InlineData(402)]
    [InlineData(503)]
    public async Task Invoke_StatusOfTheHost_PassesThroughAndIsNotFollowed(int status)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = fixture.Http.BaseAddress, DefaultRequestHeaders = { { "dapr-api-token", "sesame" } } };
        using var response = await http.GetAsync(new Uri($"/v1.0/invoke/outside/method/status/{status}", UriKind.Relative), Now);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("http://localhost:1/elsewhere", response.Headers.Location!.ToString());
        Assert.Equal("a=b", response.Headers.GetValues("Set-Cookie").Single());
        Assert.Equal(status == 204 ? "" : "the host's own words", await response.Content.ReadAsStringAsync(Now));
    }

    [Fact]
    public async Task Invoke_ResponseStream_FlowsBeforeTheHostHasFinished()
    {
        using var response = await fixture.Http.GetAsync(new Uri("/v1.0/invoke/outside/method/drip", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Now);
        await using var stream = await response.Content.ReadAsStreamAsync(Now);
        var buffer = new byte[64];

        var read = await stream.ReadAsync(buffer, Now).AsTask().WaitAsync(Patience, Now);
        Assert.Equal("first", Encoding.UTF8.GetString(buffer, 0, read));

        fixture.GoOn.SetResult();
        read = await stream.ReadAsync(buffer, Now).AsTask().WaitAsync(Patience, Now);
        Assert.Equal("last", Encoding.UTF8.GetString(buffer, 0, read));
    }

    [Fact]
    public async Task Invoke_RequestStream_ReachesTheHostBeforeTheCallerHasFinished()
    {
        using var body = new PushedContent();
        var sending = fixture.Http.PostAsync(new Uri("/v1.0/invoke/outside/method/listen", UriKind.Relative), body, Now);

        await body.PushAsync(new string('a', 64 * 1024), Now);
        await fixture.Heard.Task.WaitAsync(Patience, Now);
        await body.PushAsync("last", Now);
        body.Finish();

        using var response = await sending.WaitAsync(Patience, Now);
        Assert.EndsWith("aalast", await response.Content.ReadAsStringAsync(Now));
    }

    [Fact]
    public async Task Invoke_HostIsAway_IsADirectInvokeErrorAtOnce()
    {
        using var response = await fixture.Http.PostAsync(new Uri("/v1.0/invoke/away/method/x", UriKind.Relative), new StringContent("x"), Now);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.Equal("ERR_DIRECT_INVOKE", error.GetProperty("errorCode").GetString());
        Assert.StartsWith("failed to invoke, id: away, err: Connection refused", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Invoke_NotInScope_IsAnUnknownAppOrTheAppOfThatName()
    {
        using var refused = await fixture.Stranger.GetAsync(new Uri("/v1.0/invoke/outside/method/x", UriKind.Relative), Now);
        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        Assert.Contains("couldn't find service: outside", await refused.Content.ReadAsStringAsync(Now));

        var app = await fixture.Stranger.GetFromJsonAsync<Echo>(new Uri("/v1.0/invoke/namesake/method/x", UriKind.Relative), Now);
        Assert.Equal("namesake-token", app!.Headers["dapr-api-token"]);
    }

    [Fact]
    public async Task Invoke_NameOfBothAnAppAndAnEndpoint_MeansTheEndpoint()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/invoke/namesake/method/x");

        Assert.Equal(fixture.OutsidePort, (await SendAsync(request)).Port);
    }

    [Fact]
    public async Task Invoke_HostIsAnAppOfTheTopology_ReachesAReplicaPastItsSidecar()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/invoke/local/method/x");

        var echo = await SendAsync(request);

        Assert.Contains(echo.Port, fixture.GatewayPorts);
        Assert.Equal(("/base/x", "gateway"), (echo.Target, echo.Headers["host"]));
        Assert.DoesNotContain(echo.Headers.Keys, name => name.StartsWith("dapr-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invoke_ReplicaOfTheLocalHostDies_TheOtherOneAnswers()
    {
        await fixture.Gateway.StopAsync();

        for (var call = 0; call < 5; call++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/invoke/local/method/x") { Content = new StringContent("x") };
            Assert.Equal(fixture.GatewayPorts[1], (await SendAsync(request)).Port);
        }
        await fixture.Gateway.StartAsync();
    }

    [Fact]
    public async Task Invoke_NameOfAnAppWithAnotherPort_IsLeftToDns()
    {
        using var response = await fixture.Http.GetAsync(new Uri("/v1.0/invoke/local-other-port/method/x", UriKind.Relative), Now);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("gateway:8080", await response.Content.ReadAsStringAsync(Now));
    }

    [Theory]
    [InlineData("http://localhost:{0}")]
    [InlineData("http%3A%2F%2Flocalhost%3A{0}")]
    [InlineData("http%3a%2f%2flocalhost:{0}%2f")]
    public async Task Invoke_UrlInPlaceOfTheAppId_ReachesItWithoutTheAppsToken(string url)
    {
        var exact = new Uri($"{fixture.Sidecar.HttpEndpoint}/v1.0/invoke/{string.Format(url, fixture.OutsidePort)}/method/a/b?x=1", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        var echo = await fixture.Http.GetFromJsonAsync<Echo>(exact, Now);

        Assert.Equal((fixture.OutsidePort, "/a/b?x=1"), (echo!.Port, echo.Target));
        Assert.DoesNotContain(echo.Headers.Keys, name => name.StartsWith("dapr-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Invoke_UrlInTheHeader_ReachesIt()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/a/b");
        request.Headers.Add("dapr-app-id", $"http://localhost:{fixture.OutsidePort}/base");

        Assert.Equal("/base/a/b", (await SendAsync(request)).Target);
    }

    [Fact]
    public async Task Invoke_UrlThatIsNone_IsADirectInvokeError()
    {
        using var response = await fixture.Http.GetAsync(new Uri("/v1.0/invoke/http%3A%2F%2F%20/method/x", UriKind.Relative), Now);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("ERR_DIRECT_INVOKE", (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("errorCode").GetString());
    }

    [Fact]
    public async Task Invoke_ClientTls_ShowsTheCertificateAndTrustsTheAuthority() =>
        Assert.Equal("HTTP/2 CN=client", await fixture.Http.GetStringAsync(new Uri("/v1.0/invoke/tls/method/x", UriKind.Relative), Now));

    [Theory]
    [InlineData("tls-untrusted", "certificate")]
    [InlineData("tls-stranger", "")]
    [InlineData("tls-nobody", "")]
    public async Task Invoke_TlsThatDoesNotFit_IsADirectInvokeError(string endpoint, string reason)
    {
        using var response = await fixture.Http.GetAsync(new Uri($"/v1.0/invoke/{endpoint}/method/x", UriKind.Relative), Now);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        var error = await response.Content.ReadFromJsonAsync<JsonElement>(Now);
        Assert.Equal("ERR_DIRECT_INVOKE", error.GetProperty("errorCode").GetString());
        Assert.Contains(reason, error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Metadata_ListsTheEndpointsInScope()
    {
        var mine = await fixture.Http.GetFromJsonAsync<JsonElement>(new Uri("/v1.0/metadata", UriKind.Relative), Now);
        var theirs = await fixture.Stranger.GetFromJsonAsync<JsonElement>(new Uri("/v1.0/metadata", UriKind.Relative), Now);

        Assert.Contains("outside", mine.GetProperty("httpEndpoints").EnumerateArray().Select(endpoint => endpoint.GetProperty("name").GetString()));
        Assert.False(theirs.TryGetProperty("httpEndpoints", out _));
    }

    private async Task<Echo> SendAsync(HttpRequestMessage request)
    {
        using var response = await fixture.Http.SendAsync(request, Now);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Now));
        return (await response.Content.ReadFromJsonAsync<Echo>(Now))!;
    }
}
