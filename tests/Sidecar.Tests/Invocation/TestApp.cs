using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Argosy.Sidecar.Tests.Invocation;

/// <summary>An app of the test's own behind a real port, which can go away and come back there.</summary>
public sealed class TestApp(RequestDelegate handler, HttpProtocols protocols = HttpProtocols.Http1) : IAsyncDisposable
{
    private WebApplication? _server;

    public int Port { get; } = FreePort.Next();

    /// <summary>Further services and routes, for apps that speak gRPC.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    public Action<WebApplication> Routes { get; init; } = _ => { };

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(Port, port => port.Protocols = protocols));
        Services(builder.Services);
        _server = builder.Build();
        Routes(_server);
        _server.MapFallback("{**path}", handler);
        await _server.StartAsync();
    }

    /// <summary>Ends as a killed process does: connections break, the port is closed.</summary>
    public async Task StopAsync()
    {
        if (_server is null)
            return;
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
