using Argosy.Catalog.Domain;
using Argosy.Catalog.Infrastructure.Drawing;
using Argosy.Catalog.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Products;

/// <summary>Products and the pictures drawn for them, which come and go together.</summary>
internal static class ProductPictures
{
    /// <summary>The image is null when the draft brings its own.</summary>
    public static (Product Product, ProductImage? Image) CreateProduct(ProductDraft draft, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var image = ProductDrawing.Draw(id, draft.Slug, draft.CategorySlug);
        return (Product.Create(id, draft, ProductDrawing.AddressOf(image), now), draft.Images.Count == 0 ? image : null);
    }

    /// <summary>After a change: keeps the drawn image if the product shows it, and none that it no longer shows.</summary>
    public static async Task KeepImageAsync(this CatalogContext context, Product product, ProductImage image, CancellationToken cancellationToken)
    {
        var isShown = product.Images.Contains(ProductDrawing.AddressOf(image));
        var kept = await context.Images.Where(i => i.ProductId == product.Id).ToListAsync(cancellationToken);
        context.Images.RemoveRange(kept.Where(i => i.Id != image.Id || !isShown));
        if (isShown && kept.TrueForAll(i => i.Id != image.Id))
            context.Images.Add(image);
    }
}
