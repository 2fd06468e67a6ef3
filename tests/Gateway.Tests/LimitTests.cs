using System.Net;
using Argosy.Gateway.Security;
using Argosy.Gateway.Tests.Hosting;

namespace Argosy.Gateway.Tests;

public sealed class LimitTests(EdgeFixture edge)
{
    private static readonly (string, string) Csrf = ("X-Argosy-CSRF", "1");

    [Fact]
    public async Task Writes_OverBudget_Get429WhileReadsGoOn()
    {
        var gateway = await edge.StartGatewayAsync(("RateLimits__WritesPerSecond", "3"));
        using var http = gateway.Client();
        var statuses = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            using var answer = await http.SendAsync("POST", "/api/orders", "{}", Csrf);
            statuses.Add((int)answer.StatusCode);
            if (statuses[^1] == 429)
            {
                Assert.Equal("too-many-requests", await answer.ProblemAsync(429));
                Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 5);
            }
            using var read = await http.SendAsync("GET", "/api/orders");
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }
        Assert.All(statuses[..6], status => Assert.Equal(200, status));
        Assert.Contains(429, statuses);
    }

    [Fact]
    public async Task Guest_OverBudget_Gets429WhileOthersGoOn()
    {
        var gateway = await edge.StartGatewayAsync(("RateLimits__GuestWritesPerSecond", "2"));
        using var http = gateway.Client();
        using var first = await http.SendAsync("GET", "/api/basket");
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await http.SendAsync("POST", "/api/orders", "{}", Csrf, ("Cookie", first.Cookie()!));
            statuses.Add((int)answer.StatusCode);
        }
        Assert.Contains(429, statuses);
        using var other = await http.SendAsync("POST", "/api/orders", "{}", Csrf);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Settings_Impossible_StopTheStartAndNameTheSetting()
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => edge.StartGatewayAsync(("RateLimits__ReadsPerSecond", "0")));
        Assert.Contains("ReadsPerSecond", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    public void Network_TwoAddresses_ShareABudgetOrNot(string left, string right, bool same) =>
        Assert.Equal(same, RateLimits.Network(IPAddress.Parse(left)).Equals(RateLimits.Network(IPAddress.Parse(right))));

    [Fact]
    public async Task Body_LargerThanAllowed_Gets413()
    {
        using var http = edge.Gateway.Client();
        var large = new string('x', 300_000);
        using var refused = await http.SendAsync("POST", "/api/orders", large, Csrf);
        Assert.Equal("payload-too-large", await refused.ProblemAsync(413));
        using var import = await http.SendAsync("POST", "/api/catalog/imports", large, ("Authorization", $"Bearer {EdgeFixture.OperatorKey}"));
        Assert.Equal(large, (await import.EchoAsync()).Body);
    }

    [Fact]
    public async Task Body_OfUnknownLengthLargerThanAllowed_Gets413()
    {
        using var http = edge.Gateway.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/orders", UriKind.Relative)) { Content = new StringContent(new string('x', (256 * 1024) + 1)) };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("X-Argosy-CSRF", "1");
        using var answer = await http.SendAsync(request);
        Assert.Equal("payload-too-large", await answer.ProblemAsync(413));
    }
}
