using Argosy.Catalog.Domain;
using Argosy.Contracts;
using Argosy.Contracts.Catalog;
using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Infrastructure.Persistence;

/// <summary>The catalog's database.</summary>
internal abstract class CatalogContext(DbContextOptions options) : ArgosyDbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<Variant> Variants => Set<Variant>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<StockLevel> StockLevels => Set<StockLevel>();

    public DbSet<ProductImage> Images => Set<ProductImage>();

    public DbSet<Revision> Revisions => Set<Revision>();

    /// <summary>Publishes what the product now is. To the other services an unpublished product is one that is not sold.</summary>
    public void PublishState(Product product)
    {
        if (product.IsPublished)
        {
            Publish(new ProductChanged(product.Id.ToString(), product.Version, product.Slug, product.Title, product.CategorySlug,
                [.. product.Variants.OrderBy(v => v.Position).Select(v => new ProductChangedVariant(v.Sku, VariantTitle.Of(v.OptionValues), new Money(v.Price, Currency.Code), v.InitialStock))]));
        }
        else
        {
            PublishRemoval(product, product.Version);
        }
    }

    public void PublishRemoval(Product product, long version) =>
        Publish(new ProductRemoved(product.Id.ToString(), version, [.. product.Variants.Select(v => v.Sku)]));

    /// <summary>Makes cached answers stale as soon as this transaction is committed.</summary>
    public async Task TouchAsync(string revision, CancellationToken cancellationToken)
    {
        var known = await Revisions.FindAsync([revision], cancellationToken)
            ?? throw new InvalidOperationException($"The migrations make the revision {revision}.");
        known.Value = Guid.NewGuid();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CatalogContext).Assembly);
    }
}
