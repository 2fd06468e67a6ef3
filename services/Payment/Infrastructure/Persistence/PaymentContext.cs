using Argosy.Payment.Domain;
using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Payment.Infrastructure.Persistence;

/// <summary>Payments and the ledger. The provider's own context adds nothing but its migrations.</summary>
internal abstract class PaymentContext(DbContextOptions options) : ArgosyDbContext(options)
{
    public DbSet<OrderPayment> Payments => Set<OrderPayment>();

    public DbSet<LedgerEntry> Ledger => Set<LedgerEntry>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PaymentContext).Assembly);
    }
}
