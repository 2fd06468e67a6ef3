using Argosy.Contracts.Catalog;
using Argosy.Inventory.Features.Audit;
using Argosy.Inventory.Features.Reservations;
using Argosy.Inventory.Features.Stock;
using Argosy.Inventory.Features.Stock.Events;
using Argosy.Inventory.Infrastructure.Persistence;
using Argosy.Inventory.Infrastructure.Persistence.Postgres;
using Argosy.Inventory.Infrastructure.Persistence.Sqlite;
using Argosy.ServiceDefaults.Messaging;
using Argosy.ServiceDefaults.Persistence;

namespace Argosy.Inventory;

/// <summary>What the service consists of.</summary>
internal static class InventorySetup
{
    public static WebApplicationBuilder AddInventory(this WebApplicationBuilder builder)
    {
        builder.AddArgosyDbContext<InventoryContext, SqliteInventoryContext, PostgresInventoryContext>("inventory-db");
        builder.Services.AddScoped<ReservationLedger>();
        builder.Services.AddHostedService<LeaseSweep>();
        return builder;
    }

    public static WebApplication MapInventory(this WebApplication app)
    {
        app.MapListStock();
        app.MapGetStock();
        app.MapSetStock();
        app.MapReservations();
        app.MapInventoryAudit();
        app.MapEvent<ProductChanged, InventoryContext>(ProductChangedHandler.HandleAsync);
        return app;
    }
}
