using System.Net;
using Argosy.ServiceDefaults.Messaging;
using Argosy.ServiceDefaults.Persistence;
using Argosy.ServiceDefaults.Sidecar;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.ServiceDefaults.Tests.Hosting;

/// <summary>A whole service on a port of its own, made as every service's Program.cs makes it.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestService(WebApplication app, int port)
    {
        _app = app;
        Port = port;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public int Port { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="database">A connection string; null for a service without a database.</param>
    /// <param name="broker">Stands in for the sidecar's pub/sub component.</param>
    /// <param name="map">The service's routes.</param>
    /// <param name="configure">Last changes before the host is built.</param>
    /// <param name="port">0 for any.</param>
    /// <param name="settings">Configuration, as from the environment.</param>
    public static async Task<TestService> StartAsync(string? database = null, IEventBroker? broker = null, Action<WebApplication>? map = null, Action<WebApplicationBuilder>? configure = null, int port = 0, params (string Name, string Value)[] settings)
    {
        port = port > 0 ? port : FreePort.Next();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Configuration.AddInMemoryCollection([new("ARGOSY_LOG_LEVEL", "Fatal"), .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value))]);
        if (database is not null && database != FromSecretStore)
            builder.Services.AddSingleton<ISecrets>(new FixedSecrets(database));
        if (broker is not null)
            builder.Services.AddSingleton(broker);
        builder.AddArgosyDefaults("test");
        if (database is not null)
            builder.AddArgosyDbContext<NotesContext, SqliteNotesContext, PostgresNotesContext>("test-db");
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapArgosyDefaults();
        map?.Invoke(app);
        var service = new TestService(app, port);
        await app.StartAsync();
        return service;
    }

    /// <summary>As the database's connection string: ask the sidecar, as in production.</summary>
    public const string FromSecretStore = "from the secret store";

    public async Task<T> WithContextAsync<T>(Func<NotesContext, Task<T>> use)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<NotesContext>());
    }

    public Task WithContextAsync(Func<NotesContext, Task> use) => WithContextAsync(async context =>
    {
        await use(context);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
