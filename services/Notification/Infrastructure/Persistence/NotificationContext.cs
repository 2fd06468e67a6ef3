using Argosy.Notification.Domain;
using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Notification.Infrastructure.Persistence;

/// <summary>What customers are told. The provider's own context adds nothing but its migrations.</summary>
internal abstract class NotificationContext(DbContextOptions options) : ArgosyDbContext(options)
{
    public DbSet<OrderNotice> Notices => Set<OrderNotice>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NotificationContext).Assembly);
    }
}
