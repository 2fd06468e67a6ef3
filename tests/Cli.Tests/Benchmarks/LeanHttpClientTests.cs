using System.Net.Sockets;
using System.Text;
using Argosy.Cli.Benchmarks;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Argosy.Cli.Tests.Benchmarks;

/// <summary>The load generator's client against the server it measures, Kestrel.</summary>
public sealed class LeanHttpClientTests : IAsyncLifetime
{
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort.Next()}");
    private WebApplication? _server;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(_address.ToString());
        _server = builder.Build();
        _server.MapGet("/text", () => "hello");
        _server.MapGet("/nothing", () => Results.NoContent());
        _server.MapGet("/large", () => new string('x', 1_000_000));
        _server.MapGet("/chunked", async (HttpResponse answer) =>
        {
            for (var i = 0; i < 5; i++)
            {
                await answer.WriteAsync($"part {i};");
                await answer.Body.FlushAsync();
            }
        });
        _server.MapPost("/echo", async (HttpRequest request) =>
        {
            request.HttpContext.Response.Cookies.Append("guest", "42");
            using var reader = new StreamReader(request.Body);
            return Results.Text(await reader.ReadToEndAsync(), statusCode: 202);
        });
        _server.MapGet("/close", (HttpContext context) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await _server.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _server!.DisposeAsync();

    [Fact]
    public void Send_AnswersOfEveryForm_AreReadOverOneConnection()
    {
        using var client = new LeanHttpClient(_address);

        Assert.Equal((200, "hello"), Get(client, "/text"));
        Assert.Equal((204, ""), Get(client, "/nothing"));
        Assert.Equal((200, "part 0;part 1;part 2;part 3;part 4;"), Get(client, "/chunked"));
        Assert.Equal((200, new string('x', 1_000_000)), Get(client, "/large"));
        Assert.Equal((404, ""), Get(client, "/missing"));
        Assert.Equal((200, "hello"), Get(client, "/text"));
    }

    [Fact]
    public void Send_Post_CarriesBodyAndShowsHeaders()
    {
        using var client = new LeanHttpClient(_address);

        var status = client.Send(LeanHttpClient.Request("POST", "/echo", null, """{"a":"ä"}"""));

        Assert.Equal(202, status);
        Assert.Equal("""{"a":"ä"}""", Encoding.UTF8.GetString(client.Body));
        Assert.Contains("Set-Cookie: guest=42", Encoding.ASCII.GetString(client.Head), StringComparison.Ordinal);
    }

    [Fact]
    public void Send_ConnectionBroken_ThrowsOnceThenConnectsAgain()
    {
        using var client = new LeanHttpClient(_address);

        Assert.Throws<SocketException>(() => client.Send(LeanHttpClient.Request("GET", "/close")));

        Assert.Equal((200, "hello"), Get(client, "/text"));
    }

    [Fact]
    public void LoadPhase_SuccessesAndFailures_AreCountedApart()
    {
        var good = LoadPhase.Run(2, TimeSpan.Zero, TimeSpan.FromMilliseconds(300), _ => new Getter(_address, "/text"));
        var bad = LoadPhase.Run(2, TimeSpan.Zero, TimeSpan.FromMilliseconds(300), _ => new Getter(_address, "/missing"));

        Assert.True(good.PerSecond > 0);
        Assert.Equal(0, good.Failures);
        Assert.InRange(good.P50Milliseconds, 0.001, good.P99Milliseconds);
        Assert.Equal(0, bad.PerSecond);
        Assert.True(bad.Failures > 0);
    }

    private static (int Status, string Body) Get(LeanHttpClient client, string path)
    {
        var status = client.Send(LeanHttpClient.Request("GET", path));
        return (status, Encoding.UTF8.GetString(client.Body));
    }

    private sealed class Getter(Uri address, string path) : ILoadClient
    {
        private readonly LeanHttpClient _http = new(address);

        public bool Turn() => _http.Send(LeanHttpClient.Request("GET", path)) == 200;

        public void Dispose() => _http.Dispose();
    }
}
