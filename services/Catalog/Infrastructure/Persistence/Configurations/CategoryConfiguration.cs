using Argosy.Catalog.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Argosy.Catalog.Infrastructure.Persistence.Configurations;

internal sealed class CategoryConfiguration : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> builder)
    {
        builder.ToTable("categories");
        builder.HasKey(c => c.Slug);
        builder.Property(c => c.Slug).HasColumnName("slug").HasMaxLength(CatalogLimits.CategorySlug);
        builder.Property(c => c.Name).HasColumnName("name").HasMaxLength(CatalogLimits.CategoryName);
        builder.Property(c => c.ParentSlug).HasColumnName("parent_slug").HasMaxLength(CatalogLimits.CategorySlug);
        builder.HasOne<Category>().WithMany().HasForeignKey(c => c.ParentSlug).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(c => c.ParentSlug).HasDatabaseName("ix_categories_parent_slug");
    }
}
