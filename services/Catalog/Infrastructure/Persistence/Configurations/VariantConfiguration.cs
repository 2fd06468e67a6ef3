using Argosy.Catalog.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.Catalog.Infrastructure.Persistence.Configurations;

internal sealed class VariantConfiguration : IEntityTypeConfiguration<Variant>
{
    public void Configure(EntityTypeBuilder<Variant> builder)
    {
        builder.ToTable("variants");
        builder.HasKey(v => v.Sku);
        builder.Property(v => v.Sku).HasColumnName("sku").HasMaxLength(CatalogLimits.Sku);
        builder.Property(v => v.ProductId).HasColumnName("product_id");
        builder.Property(v => v.Position).HasColumnName("position");
        builder.PrimitiveCollection(v => v.OptionValues).HasColumnName("option_values");
        builder.Property(v => v.Price).HasColumnName("price");
        builder.Property(v => v.InitialStock).HasColumnName("initial_stock");
        builder.Ignore(v => v.Key);
        builder.HasIndex(v => v.ProductId).HasDatabaseName("ix_variants_product_id");
    }
}
