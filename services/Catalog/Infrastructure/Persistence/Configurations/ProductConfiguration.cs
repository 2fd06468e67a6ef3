using Argosy.Catalog.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Argosy.Catalog.Infrastructure.Persistence.Configurations;

internal sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.ToTable("products");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(p => p.Slug).HasColumnName("slug").HasMaxLength(Slug.MaxLength);
        builder.Property(p => p.Title).HasColumnName("title").HasMaxLength(CatalogLimits.Title);
        builder.Property(p => p.Description).HasColumnName("description").HasMaxLength(CatalogLimits.Description);
        builder.Property(p => p.Brand).HasColumnName("brand").HasMaxLength(CatalogLimits.Brand);
        builder.Property(p => p.CategorySlug).HasColumnName("category_slug").HasMaxLength(CatalogLimits.CategorySlug);
        builder.PrimitiveCollection(p => p.Tags).HasColumnName("tags");
        builder.PrimitiveCollection(p => p.OptionNames).HasColumnName("option_names");
        builder.PrimitiveCollection(p => p.Images).HasColumnName("images");
        builder.Property(p => p.IsPublished).HasColumnName("is_published");
        builder.Property(p => p.PriceFrom).HasColumnName("price_from");
        builder.Property(p => p.Version).HasColumnName("version").IsConcurrencyToken();
        builder.Property(p => p.CreatedAt).HasColumnName("created_at").HasConversion(UnixMilliseconds);
        builder.HasOne<Category>().WithMany().HasForeignKey(p => p.CategorySlug).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(p => p.Variants).WithOne().HasForeignKey(v => v.ProductId).OnDelete(DeleteBehavior.Cascade);
        builder.Navigation(p => p.Variants).UsePropertyAccessMode(PropertyAccessMode.Field);

        builder.HasIndex(p => p.Slug).IsUnique().HasDatabaseName("ux_products_slug");
        builder.HasIndex(p => new { p.CategorySlug, p.CreatedAt, p.Id }).HasDatabaseName("ix_products_category");
        builder.HasIndex(p => new { p.CreatedAt, p.Id }).HasDatabaseName("ix_products_created_at");
        builder.HasIndex(p => new { p.PriceFrom, p.Id }).HasDatabaseName("ix_products_price_from");
        builder.HasIndex(p => new { p.Title, p.Id }).HasDatabaseName("ix_products_title");
    }

    // SQLite has no type for times that also sorts.
    private static readonly ValueConverter<DateTime, long> UnixMilliseconds = new(
        time => new DateTimeOffset(time).ToUnixTimeMilliseconds(),
        number => DateTimeOffset.FromUnixTimeMilliseconds(number).UtcDateTime);
}
