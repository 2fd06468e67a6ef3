using Argosy.Catalog.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.Catalog.Infrastructure.Persistence.Configurations;

internal sealed class StockLevelConfiguration : IEntityTypeConfiguration<StockLevel>
{
    public void Configure(EntityTypeBuilder<StockLevel> builder)
    {
        builder.ToTable("stock_levels");
        builder.HasKey(s => s.Sku);
        builder.Property(s => s.Sku).HasColumnName("sku").HasMaxLength(CatalogLimits.Sku);
        builder.Property(s => s.Available).HasColumnName("available");
        builder.Property(s => s.Version).HasColumnName("version");
    }
}
