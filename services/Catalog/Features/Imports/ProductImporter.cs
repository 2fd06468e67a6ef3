using Argosy.Catalog.Domain;
using Argosy.Catalog.Features.Products;
using Argosy.Catalog.Infrastructure.Cache;
using Argosy.Catalog.Infrastructure.Drawing;
using Argosy.Catalog.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Imports;

/// <summary>Imports a file as a whole or not at all. Products are known by handle, so importing a file again changes nothing.</summary>
internal sealed class ProductImporter(CatalogContext context, CurrentRevision current, TimeProvider time)
{
    private const int BatchSize = 250;

    /// <summary>Null when something was wrong, which is then in <paramref name="errors"/>.</summary>
    public async Task<ImportReport?> ImportAsync(Stream file, ImportErrors errors, CancellationToken cancellationToken)
    {
        // Read to the end before the transaction begins: a slow upload must not keep others from writing.
        var products = await new ShopifyCsvReader(errors).ReadAsync(file, cancellationToken);
        if (!errors.Any && products.Count == 0)
            errors.Add(2, null, "the file has no products");
        if (errors.Any)
            return null;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await CheckSkusAsync(products, errors, cancellationToken);
        if (errors.Any)
            return null;
        await AddCategoriesAsync(products, cancellationToken);
        var report = new ImportReport(0, 0, 0);
        foreach (var batch in products.Chunk(BatchSize))
            report = await ApplyAsync(batch, report, cancellationToken);
        if (report.Created + report.Updated > 0)
        {
            await context.TouchAsync(Revision.Content, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        current.Expire();
        return report;
    }

    private async Task CheckSkusAsync(IReadOnlyList<ImportedProduct> products, ImportErrors errors, CancellationToken cancellationToken)
    {
        foreach (var batch in products.Chunk(BatchSize))
        {
            var skus = batch.SelectMany(p => p.Draft.Variants).Select(v => v.Sku).ToArray();
            var owners = await (
                from variant in context.Variants
                join product in context.Products on variant.ProductId equals product.Id
                where skus.Contains(variant.Sku)
                select new { variant.Sku, product.Slug }).ToDictionaryAsync(o => o.Sku, o => o.Slug, cancellationToken);
            foreach (var product in batch)
            {
                for (var i = 0; i < product.Draft.Variants.Count; i++)
                {
                    if (owners.TryGetValue(product.Draft.Variants[i].Sku, out var owner) && owner != product.Draft.Slug)
                        errors.Add(product.VariantRows[i], ShopifyColumns.VariantSku, $"belongs to the product {owner}");
                }
            }
        }
    }

    private async Task AddCategoriesAsync(IReadOnlyList<ImportedProduct> products, CancellationToken cancellationToken)
    {
        var known = await context.Categories.Select(c => c.Slug).ToHashSetAsync(cancellationToken);
        foreach (var path in products.Select(p => p.CategoryPath).DistinctBy(CategoryPath.SlugOf))
        {
            string? parent = null;
            for (var depth = 1; depth <= path.Count; depth++)
            {
                var slug = CategoryPath.SlugOf(path.Take(depth));
                if (known.Add(slug))
                    context.Categories.Add(new Category(slug, path[depth - 1], parent));
                parent = slug;
            }
        }
        await context.SaveChangesAsync(cancellationToken);
    }

    private async Task<ImportReport> ApplyAsync(ImportedProduct[] batch, ImportReport report, CancellationToken cancellationToken)
    {
        var slugs = batch.Select(p => p.Draft.Slug).ToArray();
        var known = await context.Products.Include(p => p.Variants).Where(p => slugs.Contains(p.Slug)).ToDictionaryAsync(p => p.Slug, cancellationToken);
        foreach (var draft in batch.Select(p => p.Draft))
        {
            if (!known.TryGetValue(draft.Slug, out var product))
            {
                var (created, image) = ProductPictures.CreateProduct(draft, time.GetUtcNow());
                context.Products.Add(created);
                if (image is not null)
                    context.Images.Add(image);
                context.PublishState(created);
                report = report with { Created = report.Created + 1 };
                continue;
            }
            var drawn = ProductDrawing.Draw(product.Id, product.Slug, draft.CategorySlug);
            if (!product.Apply(draft, ProductDrawing.AddressOf(drawn)))
            {
                report = report with { Unchanged = report.Unchanged + 1 };
                continue;
            }
            await context.KeepImageAsync(product, drawn, cancellationToken);
            context.PublishState(product);
            report = report with { Updated = report.Updated + 1 };
        }
        await context.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
        return report;
    }
}
