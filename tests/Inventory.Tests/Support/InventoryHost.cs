using System.Net.Http.Json;
using Argosy.Contracts.Http;
using Argosy.Contracts.Inventory;
using Argosy.Inventory.Domain;
using Argosy.Inventory.Features.Audit;
using Argosy.Inventory.Features.Reservations;
using Argosy.Inventory.Infrastructure.Persistence;
using Argosy.ServiceDefaults;
using Argosy.ServiceDefaults.Sidecar;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Argosy.Inventory.Tests.Support;

/// <summary>The whole service on a real database and a real port, without a sidecar: events stay in the outbox, where tests can see them.</summary>
internal sealed class InventoryHost : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private WebApplication? _app;

    private InventoryHost()
    {
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 5, 4, 10, 0, 0, TimeSpan.Zero));

    public HttpClient Http { get; private set; } = null!;

    /// <param name="databaseAddress">None for a SQLite file of the host's own.</param>
    public static async Task<InventoryHost> StartAsync(string? databaseAddress = null)
    {
        var host = new InventoryHost();
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", $"--DAPR_HTTP_PORT={FreePort.Next()}", $"--DAPR_GRPC_PORT={FreePort.Next()}"]);
        builder.AddArgosyDefaults("inventory");
        builder.Services.AddSingleton<ISecrets>(new FixedSecrets(databaseAddress ?? $"sqlite:{host._folder.File("inventory.db")}"));
        builder.Services.AddSingleton<TimeProvider>(host.Clock);
        builder.AddInventory();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        host._app = builder.Build();
        host._app.MapArgosyDefaults();
        host._app.MapInventory();
        await host._app.StartAsync();
        host.Http = new HttpClient { BaseAddress = new Uri(host._app.Urls.Single()) };
        return host;
    }

    public async Task AddStockAsync(string sku, int onHand)
    {
        await using var scope = Scope();
        var context = scope.ServiceProvider.GetRequiredService<InventoryContext>();
        context.Add(new StockItem { Sku = sku, OnHand = onHand, Version = 1 });
        await context.SaveChangesAsync();
    }

    public async Task<StockItem> StockAsync(string sku)
    {
        await using var scope = Scope();
        return await scope.ServiceProvider.GetRequiredService<InventoryContext>().Stock.AsNoTracking().SingleAsync(item => item.Sku == sku);
    }

    /// <summary>Runs a step with a ledger of its own, as a request does.</summary>
    public async Task<T> LedgerAsync<T>(Func<ReservationLedger, Task<T>> step)
    {
        await using var scope = Scope();
        return await step(scope.ServiceProvider.GetRequiredService<ReservationLedger>());
    }

    public async Task<Reservation> ReserveAsync(Guid orderId, params ReservationLine[] lines) =>
        await TryReserveAsync(orderId, lines) ?? throw new InvalidOperationException("A SKU is not known.");

    public Task<Reservation?> TryReserveAsync(Guid orderId, params ReservationLine[] lines) =>
        LedgerAsync(ledger => ledger.ReserveAsync(orderId, lines, TimeSpan.FromMinutes(15), TestContext.Current.CancellationToken));

    public Task<ReservationState?> CommitAsync(Guid orderId) =>
        LedgerAsync(ledger => ledger.CommitAsync(orderId, TestContext.Current.CancellationToken));

    public Task<ReservationState?> ShipAsync(Guid orderId) =>
        LedgerAsync(ledger => ledger.ShipAsync(orderId, TestContext.Current.CancellationToken));

    public Task ReleaseAsync(Guid orderId) =>
        LedgerAsync(async ledger =>
        {
            await ledger.ReleaseAsync(orderId, TestContext.Current.CancellationToken);
            return true;
        });

    public async Task<InventoryAuditReport> AuditAsync()
    {
        await using var scope = Scope();
        return await InventoryAudit.TakeAsync(scope.ServiceProvider.GetRequiredService<InventoryContext>(), TestContext.Current.CancellationToken);
    }

    /// <summary>The stock-changed events that wait in the outbox, oldest first.</summary>
    public async Task<List<StockChanged>> EventsAsync()
    {
        await using var scope = Scope();
        var context = scope.ServiceProvider.GetRequiredService<InventoryContext>();
        var data = await context.Database.SqlQuery<string>($"SELECT data AS \"Value\" FROM outbox WHERE topic = 'stock-changed' ORDER BY sequence").ToListAsync();
        return [.. data.Select(json => System.Text.Json.JsonSerializer.Deserialize<StockChanged>(json, ArgosyJson.Options)!)];
    }

    public Task<HttpResponseMessage> PutAsOperatorAsync(string path, object body, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        request.Headers.Add(ArgosyHeaders.Role, "operator");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return Http.SendAsync(request);
    }

    public AsyncServiceScope Scope() => _app!.Services.CreateAsyncScope();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app!.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}
