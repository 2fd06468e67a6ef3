using System.Net.WebSockets;
using Argosy.Gateway.Tests.Hosting;
using Argosy.Testing;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Argosy.Gateway.Tests;

/// <summary>Live news pass the gateway to Notification.</summary>
public sealed class HubTests(EdgeFixture edge)
{
    private const string Negotiate = "/hubs/notifications/negotiate?negotiateVersion=1";
    private static readonly (string, string) Csrf = ("X-Argosy-CSRF", "1");

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Connection_FromTheShop_ReachesTheHubAsTheGuestOfItsCookie(HttpTransportType transport)
    {
        var gateway = await edge.HubGatewayAsync();
        var (guest, cookie) = await GuestAsync(gateway);
        var headers = new TaskCompletionSource<Dictionary<string, string>>();
        await using var connection = Connection(gateway, transport, cookie, Origin(gateway), ("X-Argosy-Customer", "victim"), ("X-Argosy-Role", "operator"), ("dapr-api-token", "guess"));
        connection.On<Dictionary<string, string>>(FakeHub.Method, headers.SetResult);

        await connection.StartAsync();

        var came = new Dictionary<string, string>(await headers.Task.WaitAsync(TimeSpan.FromSeconds(60)), StringComparer.OrdinalIgnoreCase);
        Assert.Equal((guest, "hub-token"), (came["X-Argosy-Customer"], came["dapr-api-token"]));
        foreach (var name in new[] { "Cookie", "X-Argosy-Role", "Authorization", "Origin" })
            Assert.False(came.ContainsKey(name), $"{name} reached the hub");
    }

    [Fact]
    public async Task WebSocket_Accepted_KeepsSecurityHeadersAndIsNotCompressed()
    {
        var gateway = await edge.HubGatewayAsync();
        using var socket = Socket(Origin(gateway), ("Accept-Encoding", "br, gzip"));
        socket.Options.CollectHttpResponseDetails = true;

        await socket.ConnectAsync(SocketAddress(gateway), CancellationToken.None);

        Assert.Equal(WebSocketState.Open, socket.State);
        Assert.Equal(["nosniff"], socket.HttpResponseHeaders!["X-Content-Type-Options"]);
        Assert.False(socket.HttpResponseHeaders.ContainsKey("Content-Encoding"));
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("http://127.0.0.1")]
    [InlineData("null")]
    public async Task Origin_Foreign_IsRefused(string origin)
    {
        var gateway = await edge.HubGatewayAsync();
        using var http = gateway.Client();
        using var negotiate = await http.SendAsync("POST", Negotiate, "", Csrf, ("Origin", origin));
        Assert.Equal("foreign-origin", await negotiate.ProblemAsync(403));
        using var events = await http.SendAsync("GET", "/hubs/notifications", null, ("Origin", origin));
        Assert.Equal("foreign-origin", await events.ProblemAsync(403));
        using var socket = Socket(("Origin", origin));
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(SocketAddress(gateway), CancellationToken.None));
    }

    [Fact]
    public async Task Origin_OfPublicUrl_IsTheShops()
    {
        var gateway = await edge.StartGatewayWithHubAsync(("PublicUrl", "https://Shop.Example"));
        using var http = gateway.Client();
        using var negotiate = await http.SendAsync("POST", Negotiate, "", ("Origin", "https://shop.example"));
        Assert.True(negotiate.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Negotiate_WithoutOrigin_NeedsTheCsrfHeader()
    {
        var gateway = await edge.HubGatewayAsync();
        using var http = gateway.Client();
        using var bare = await http.SendAsync("POST", Negotiate, "");
        Assert.Equal("csrf-header-missing", await bare.ProblemAsync(403));
        using var script = await http.SendAsync("POST", Negotiate, "", Csrf);
        Assert.True(script.IsSuccessStatusCode);
        Assert.NotNull(script.Cookie());
        using var browser = await http.SendAsync("POST", Negotiate, "", Origin(gateway));
        Assert.True(browser.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Answer_WithInternalHeaders_LosesThem()
    {
        var gateway = await edge.HubGatewayAsync();
        using var http = gateway.Client();
        using var answer = await http.SendAsync("GET", "/hubs/other");
        Assert.Equal("/hubs/other", (await answer.EchoAsync()).Target);
        Assert.False(answer.Headers.Contains("X-Argosy-Inside"));
    }

    [Fact]
    public async Task Connections_OverBudget_Get429()
    {
        var gateway = await edge.StartGatewayWithHubAsync(("RateLimits__WritesPerSecond", "2"));
        using var http = gateway.Client();
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await http.SendAsync("POST", Negotiate, "", Origin(gateway));
            statuses.Add((int)answer.StatusCode);
        }
        Assert.Contains(429, statuses);
        using var socket = Socket(Origin(gateway));
        await socket.ConnectAsync(SocketAddress(gateway), CancellationToken.None);
    }

    [Fact]
    public async Task Notification_Away_Gets503()
    {
        var gateway = await edge.StartGatewayAsync(("Hubs__Address", $"http://127.0.0.1:{FreePort.Next()}"), ("Hubs__AppToken", "hub-token"));
        using var http = gateway.Client();
        using var negotiate = await http.SendAsync("POST", Negotiate, "", Origin(gateway));
        Assert.Equal("service-unavailable", await negotiate.ProblemAsync(503));
        using var socket = Socket(Origin(gateway));
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(SocketAddress(gateway), CancellationToken.None));
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Address_Unset_IsNotFound()
    {
        using var http = edge.Gateway.Client();
        using var answer = await http.SendAsync("POST", Negotiate, "", Csrf);
        Assert.Equal("not-found", await answer.ProblemAsync(404));
    }

    private static HubConnection Connection(GatewayProcess gateway, HttpTransportType transport, string cookie, params (string Name, string Value)[] headers) =>
        new HubConnectionBuilder().WithUrl(new Uri(gateway.Address, "/hubs/notifications"), transport, options =>
        {
            options.Headers["Cookie"] = cookie;
            foreach (var (name, value) in headers)
                options.Headers[name] = value;
        }).Build();

    private static ClientWebSocket Socket(params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        foreach (var (name, value) in headers)
            socket.Options.SetRequestHeader(name, value);
        return socket;
    }

    private static Uri SocketAddress(GatewayProcess gateway) => new($"ws://127.0.0.1:{gateway.Address.Port}/hubs/notifications");

    private static (string, string) Origin(GatewayProcess gateway) => ("Origin", gateway.Address.GetLeftPart(UriPartial.Authority));

    private static async Task<(string Guest, string Cookie)> GuestAsync(GatewayProcess gateway)
    {
        using var http = gateway.Client();
        using var first = await http.SendAsync("GET", "/api/basket");
        return ((await first.EchoAsync()).Headers["X-Argosy-Customer"], first.Cookie()!);
    }
}
