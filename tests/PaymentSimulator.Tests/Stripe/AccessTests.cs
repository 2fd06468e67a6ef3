using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Argosy.PaymentSimulator.Tests.Support;

namespace Argosy.PaymentSimulator.Tests.Stripe;

public sealed class AccessTests(SimulatorFixture fixture)
{
    // The number of a test card with a valid check digit.
    private const string CardNumber = "4000056655665556";

    private readonly Simulator _simulator = fixture.Simulator;

    [Fact]
    public async Task WrongKey_IsUnauthorized()
    {
        var error = await Refusals.OfAsync(HttpStatusCode.Unauthorized, _simulator.PayAsync(client: _simulator.NewClient("sk_test_wrong")));

        Assert.Equal("invalid_request_error", error.Type);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("Basic !", HttpStatusCode.Unauthorized)]
    [InlineData("Basic " + Simulator.SecretKey, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer " + Simulator.SecretKey, HttpStatusCode.OK)]
    public async Task Key_InHeader_DecidesWhoMayCall(string? authorization, HttpStatusCode status)
    {
        Assert.Equal(status, await GetAsync("/v1/payment_intents?limit=1", authorization));
    }

    [Fact]
    public async Task Key_AsBasicUser_IsTaken() =>
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/v1/events?limit=1", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Simulator.SecretKey + ":"))));

    [Theory]
    [InlineData("/api/payments/simulator")]
    [InlineData("/internal/paymentsimulator/audit")]
    [InlineData("/v10/payment_intents")]
    [InlineData("/v1/../internal/paymentsimulator/audit")]
    public async Task OwnRoutes_WithoutAppToken_AreClosed(string path)
    {
        using var answer = await _simulator.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("app-token-required", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownUrl_OfStripe_IsUnrecognized() => Assert.Equal(HttpStatusCode.NotFound, await GetAsync("/v1/customers", "Bearer " + Simulator.SecretKey));

    [Theory]
    [InlineData("payment_method_data[type]=card&payment_method_data[card][number]=" + CardNumber)]
    [InlineData("payment_method_data[card][number]=1")]
    [InlineData("payment_method_data[card][cvc]=123")]
    [InlineData("payment_method=" + CardNumber)]
    [InlineData("metadata[note]=4000 0566 5566 5556")]
    public async Task CardNumber_Anywhere_IsRefusedAndNeitherKeptNorLogged(string parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/payment_intents", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Simulator.SecretKey);
        request.Content = new StringContent($"amount=1999&currency=eur&{parameters}", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await _simulator.Http.SendAsync(request);

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.PaymentRequired, answer.StatusCode);
        Assert.Contains("Sending credit card numbers directly to the Stripe API is generally unsafe", body, StringComparison.Ordinal);
        Assert.DoesNotContain(CardNumber, body + _simulator.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_InTheBody_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/payment_intents", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Simulator.SecretKey);
        request.Content = new StringContent("""{"amount":1999}""", Encoding.UTF8, "application/json");
        using var answer = await _simulator.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("invalid_request_error", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> GetAsync(string path, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await _simulator.Http.SendAsync(request);
        Assert.StartsWith("req_", Assert.Single(answer.Headers.GetValues("Request-Id")));
        if (!answer.IsSuccessStatusCode)
            Assert.Contains("\"type\":\"invalid_request_error\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return answer.StatusCode;
    }
}
