using Argosy.Ordering.Domain;
using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Infrastructure.Persistence;

/// <summary>Orders. The provider's own context adds nothing but its migrations.</summary>
internal abstract class OrderingContext(DbContextOptions options) : ArgosyDbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OrderingContext).Assembly);
    }
}
