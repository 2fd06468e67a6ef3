using System.Net.Http.Json;
using Argosy.Basket.Infrastructure;
using Argosy.Contracts;
using Argosy.Contracts.Basket;
using Argosy.Contracts.Http;
using Argosy.ServiceDefaults;
using Argosy.Testing;
using Dapr.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Argosy.Basket.Tests.Support;

/// <summary>The service on a real port beside a real sidecar process with SQLite state and pub/sub; only the catalog is a stub.</summary>
public sealed class BasketHost : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private readonly List<WebApplication> _replicas = [];
    private SidecarProcess _sidecar = null!;

    internal StubCatalog Catalog { get; } = new() { Prices = { ["A"] = 1000, ["B"] = 2550, ["C"] = 10 } };

    public HttpClient Http { get; private set; } = null!;

    public DaprClient Dapr { get; private set; } = null!;

    public string SidecarEndpoint => _sidecar.HttpEndpoint;

    public async ValueTask InitializeAsync()
    {
        _sidecar = new SidecarProcess(_folder.Path, AppIds.Basket, _port);
        foreach (var component in new[] { ComponentNames.StateStore, ComponentNames.PubSub })
            File.Copy(Path.Combine(Repository.Root, "components", "embedded", $"{component}.yaml"), Path.Combine(_folder.Path, "resources", $"{component}.yaml"));
        await _sidecar.StartAsync();
        Http = await StartReplicaAsync(_port, TimeProvider.System);
        Dapr = _replicas[0].Services.GetRequiredService<DaprClient>();
    }

    /// <summary>Another replica of the service at the same sidecar, on a clock of its own.</summary>
    public Task<HttpClient> StartReplicaAsync(TimeProvider clock) => StartReplicaAsync(FreePort.Next(), clock);

    /// <summary>An id nobody else uses.</summary>
    public static string NewCustomer() => $"guest-{Guid.NewGuid():N}";

    public Task<HttpResponseMessage> PutAsync(string customer, string sku, object body) => SendAsync(HttpMethod.Put, customer, $"/api/basket/items/{sku}", JsonContent.Create(body));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string? customer, string path, HttpContent? content = null, HttpClient? replica = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (customer is not null)
            request.Headers.Add(ArgosyHeaders.Customer, customer);
        return await (replica ?? Http).SendAsync(request);
    }

    public async Task<BasketSnapshot> ReadAsync(string customer)
    {
        using var answer = await SendAsync(HttpMethod.Get, customer, "/api/basket");
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<BasketSnapshot>(ArgosyJson.Options))!;
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
        await _sidecar.DisposeAsync();
        Catalog.Dispose();
        _folder.Dispose();
    }

    private async Task<HttpClient> StartReplicaAsync(int port, TimeProvider clock)
    {
        var builder = WebApplication.CreateBuilder(["--urls", $"http://127.0.0.1:{port}", $"--DAPR_HTTP_PORT={_sidecar.HttpPort}", $"--DAPR_GRPC_PORT={_sidecar.GrpcPort}"]);
        builder.Services.AddSingleton(clock);
        builder.AddArgosyDefaults(AppIds.Basket);
        builder.AddBasket();
        builder.Services.AddSingleton(_ => new CatalogPrices(new HttpClient(Catalog, disposeHandler: false) { BaseAddress = new Uri("http://catalog") }));
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        var app = builder.Build();
        app.MapArgosyDefaults().MapBasket();
        _replicas.Add(app);
        await app.StartAsync();
        return new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }
}
