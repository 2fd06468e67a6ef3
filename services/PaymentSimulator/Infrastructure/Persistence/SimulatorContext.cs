using Argosy.PaymentSimulator.Domain;
using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence;

/// <summary>The gateway's books. The provider's own context adds nothing but its migrations.</summary>
internal abstract class SimulatorContext(DbContextOptions options) : ArgosyDbContext(options)
{
    public DbSet<PaymentIntent> PaymentIntents => Set<PaymentIntent>();

    public DbSet<Charge> Charges => Set<Charge>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<SimulatorEvent> Events => Set<SimulatorEvent>();

    public DbSet<IdempotentCall> IdempotentCalls => Set<IdempotentCall>();

    public DbSet<StoredSettings> Settings => Set<StoredSettings>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(SimulatorContext).Assembly);
    }
}
