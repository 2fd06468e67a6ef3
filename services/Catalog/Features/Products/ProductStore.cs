using Argosy.Catalog.Domain;
using Argosy.Catalog.Infrastructure.Cache;
using Argosy.Catalog.Infrastructure.Drawing;
using Argosy.Catalog.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Errors;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Products;

/// <summary>Changes single products. Product, picture, event and cache stamp are saved together.</summary>
internal sealed class ProductStore(CatalogContext context, CurrentRevision current, TimeProvider time)
{
    private static readonly DomainError UnknownCategory = new("unknown-category", "There is no such category.");

    public Task<Product?> FindAsync(string idOrSlug, CancellationToken cancellationToken) =>
        context.Products.Include(p => p.Variants).Where(GetProduct.Named(idOrSlug)).SingleOrDefaultAsync(cancellationToken);

    public Task<Result<Product>> CreateAsync(ProductDraft draft, CancellationToken cancellationToken) =>
        CommitAsync<Product>(async token =>
        {
            if (await context.Products.AnyAsync(p => p.Slug == draft.Slug, token))
                return DomainError.Conflict("slug-taken", "Another product has this slug.");
            if (await RefusalAsync(draft, null, token) is { } refusal)
                return refusal;
            var (product, image) = ProductPictures.CreateProduct(draft, time.GetUtcNow());
            context.Products.Add(product);
            if (image is not null)
                context.Images.Add(image);
            context.PublishState(product);
            return product;
        }, cancellationToken);

    /// <param name="product">From <see cref="FindAsync"/>; its version guards against lost updates.</param>
    public Task<Result<Product>> ReplaceAsync(Product product, ProductDraft draft, CancellationToken cancellationToken) =>
        CommitAsync<Product>(async token =>
        {
            if (await RefusalAsync(draft, product.Id, token) is { } refusal)
                return refusal;
            var image = ProductDrawing.Draw(product.Id, product.Slug, draft.CategorySlug);
            if (!product.Apply(draft, ProductDrawing.AddressOf(image)))
                return product;
            await context.KeepImageAsync(product, image, token);
            context.PublishState(product);
            return product;
        }, cancellationToken);

    public Task RemoveAsync(Product product, CancellationToken cancellationToken) =>
        CommitAsync<Product>(_ =>
        {
            context.PublishRemoval(product, product.Version + 1);
            context.Products.Remove(product);
            return Task.FromResult<Result<Product>>(product);
        }, cancellationToken);

    private async Task<Result<T>> CommitAsync<T>(Func<CancellationToken, Task<Result<T>>> change, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var result = await change(cancellationToken);
        if (result.Error is not null)
            return result;
        await context.TouchAsync(Revision.Content, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        current.Expire();
        return result;
    }

    private async Task<DomainError?> RefusalAsync(ProductDraft draft, Guid? self, CancellationToken cancellationToken)
    {
        if (!await context.Categories.AnyAsync(c => c.Slug == draft.CategorySlug, cancellationToken))
            return UnknownCategory;
        var skus = draft.Variants.Select(v => v.Sku).ToArray();
        var taken = await context.Variants.Where(v => skus.Contains(v.Sku) && (self == null || v.ProductId != self)).Select(v => v.Sku).FirstOrDefaultAsync(cancellationToken);
        return taken is null ? null : DomainError.Conflict("sku-taken", "Another product has one of the SKUs.") with { Detail = taken };
    }
}
