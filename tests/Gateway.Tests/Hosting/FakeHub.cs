using System.Net;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Argosy.Gateway.Tests.Hosting;

/// <summary>Stands in for Notification: a hub that tells each connection the headers it came with, and an echo of other requests.</summary>
internal sealed class FakeHub : IAsyncDisposable
{
    /// <summary>Invoked on the client right after it has connected.</summary>
    public const string Method = "cameWith";

    private readonly WebApplication _app;

    private FakeHub(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    public int Port { get; }

    public static async Task<FakeHub> StartAsync()
    {
        var port = FreePort.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddSignalR();
        var app = builder.Build();
        app.MapHub<EchoHub>("/hubs/notifications");
        app.MapFallback(async context =>
        {
            context.Response.Headers["X-Argosy-Inside"] = "1";
            await context.Response.WriteAsJsonAsync(new Echo(context.Request.Method, context.Request.Path, "", Headers(context.Request), ""));
        });
        await app.StartAsync();
        return new FakeHub(app, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static Dictionary<string, string> Headers(HttpRequest request) =>
        request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    private sealed class EchoHub : Hub
    {
        public override Task OnConnectedAsync() => Clients.Caller.SendAsync(Method, Headers(Context.GetHttpContext()!.Request));
    }
}
