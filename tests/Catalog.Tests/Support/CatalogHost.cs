using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Argosy.Catalog.Infrastructure.Cache;
using Argosy.Catalog.Infrastructure.Persistence;
using Argosy.Contracts;
using Argosy.Contracts.Http;
using Argosy.ServiceDefaults;
using Argosy.ServiceDefaults.Sidecar;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Argosy.Catalog.Tests.Support;

/// <summary>The whole service on a real database and a real port, without a sidecar: events stay in the outbox, where tests can see them,
/// and there is no shared cache.</summary>
internal sealed class CatalogHost : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private WebApplication? _app;

    private CatalogHost()
    {
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 5, 4, 10, 0, 0, TimeSpan.Zero));

    public HttpClient Http { get; private set; } = null!;

    /// <param name="databaseAddress">None for a SQLite file of the host's own.</param>
    /// <param name="seed">Whether the demo products are there.</param>
    public static async Task<CatalogHost> StartAsync(string? databaseAddress = null, bool seed = false)
    {
        var host = new CatalogHost();
        var builder = WebApplication.CreateBuilder(
            ["--urls", "http://127.0.0.1:0", $"--DAPR_HTTP_PORT={FreePort.Next()}", $"--DAPR_GRPC_PORT={FreePort.Next()}", $"--Catalog:SeedDemoProducts={seed}"]);
        builder.AddArgosyDefaults(AppIds.Catalog);
        builder.Services.AddSingleton<ISecrets>(new FixedSecrets(databaseAddress ?? $"sqlite:{host._folder.File("catalog.db")}"));
        builder.Services.AddSingleton<TimeProvider>(host.Clock);
        builder.AddCatalog();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        host._app = builder.Build();
        host._app.MapArgosyDefaults().MapCatalog();
        await host._app.StartAsync();
        host.Http = new HttpClient { BaseAddress = new Uri(host._app.Urls.Single()) };
        return host;
    }

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    public Task<HttpResponseMessage> SendAsOperatorAsync(HttpMethod method, string path, HttpContent? content = null, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add(ArgosyHeaders.Role, "operator");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> ImportAsync(string csv) =>
        SendAsOperatorAsync(HttpMethod.Post, "/api/catalog/imports", new StringContent(csv, Encoding.UTF8, "text/csv"));

    /// <summary>Imports a file that must be accepted.</summary>
    public async Task<JsonElement> ImportedAsync(string csv)
    {
        using var answer = await ImportAsync(csv);
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(answer.IsSuccessStatusCode, report.ToString());
        return report;
    }

    /// <summary>Runs a step in the database as an event handler does: in one transaction.</summary>
    public async Task InTransactionAsync(Func<CatalogContext, Task> step)
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CatalogContext>().InTransactionAsync(async _ =>
        {
            await step(scope.ServiceProvider.GetRequiredService<CatalogContext>());
            return true;
        }, CancellationToken.None);
    }

    /// <summary>Lets the time pass after which changes made elsewhere are seen.</summary>
    public void PassCacheValidity() => Clock.Advance(CurrentRevision.Validity + TimeSpan.FromMilliseconds(1));

    /// <summary>The events of a topic that wait in the outbox, oldest first.</summary>
    public async Task<IReadOnlyList<TEvent>> EventsAsync<TEvent>() where TEvent : IEvent
    {
        await using var scope = _app!.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<CatalogContext>();
        var data = await context.Database.SqlQuery<string>($"SELECT data AS \"Value\" FROM outbox WHERE topic = {TEvent.Topic} ORDER BY sequence").ToListAsync();
        return [.. data.Select(json => JsonSerializer.Deserialize<TEvent>(json, ArgosyJson.Options)!)];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app!.DisposeAsync();
        _folder.Dispose();
    }
}
