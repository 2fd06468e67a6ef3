using Argosy.Inventory.Domain;
using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Inventory.Infrastructure.Persistence;

/// <summary>Stock and reservations. The provider's own context adds nothing but its migrations.</summary>
internal abstract class InventoryContext(DbContextOptions options) : ArgosyDbContext(options)
{
    public DbSet<StockItem> Stock => Set<StockItem>();

    public DbSet<Reservation> Reservations => Set<Reservation>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(InventoryContext).Assembly);
    }
}
