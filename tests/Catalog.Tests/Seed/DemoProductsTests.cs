using System.Text;
using System.Xml.Linq;
using Argosy.Catalog.Features.Imports;
using Argosy.Catalog.Infrastructure.Drawing;
using Argosy.Catalog.Seed;

namespace Argosy.Catalog.Tests.Seed;

public sealed class DemoProductsTests : IAsyncLifetime
{
    private IReadOnlyList<ImportedProduct> _products = [];

    public async ValueTask InitializeAsync()
    {
        var errors = new ImportErrors();
        await using var file = DemoProducts.Open();
        _products = await new ShopifyCsvReader(errors).ReadAsync(file, CancellationToken.None);
        Assert.Empty(errors.All);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Products_Seed_FillTwelveCategories()
    {
        Assert.True(_products.Count >= 1_200, $"{_products.Count} products");
        var categories = _products.GroupBy(p => p.CategoryPath[0]).ToList();
        Assert.Equal(12, categories.Count);
        Assert.All(categories, category => Assert.True(category.Count() >= 50, category.Key));
    }

    [Fact]
    public void Products_Seed_AreComplete() => Assert.All(_products, product =>
    {
        Assert.NotEmpty(product.Draft.Brand);
        Assert.True(product.Draft.Description.Length > 60, product.Draft.Slug);
        Assert.DoesNotContain("lorem", product.Draft.Description, StringComparison.OrdinalIgnoreCase);
        Assert.All(product.Draft.Variants, v => Assert.True(v.Price > 0, v.Sku));
    });

    [Fact]
    public void Products_Seed_HaveDifferentTitles() => Assert.Equal(_products.Count, _products.Select(p => p.Draft.Title).Distinct().Count());

    [Fact]
    public void Pictures_Seed_AreSmallValidAndDifferent()
    {
        var pictures = _products.Select(p => ProductDrawing.Draw(Guid.Empty, p.Draft.Slug, p.Draft.CategorySlug)).ToList();
        Assert.Equal(pictures.Count, pictures.Select(p => p.Id).Distinct().Count());
        Assert.Equal(pictures.Count, pictures.Select(p => p.Svg).Distinct().Count());
        Assert.All(pictures, picture =>
        {
            var root = XDocument.Parse(picture.Svg).Root!;
            Assert.Equal(XName.Get("svg", "http://www.w3.org/2000/svg"), root.Name);
            Assert.InRange(Encoding.UTF8.GetByteCount(picture.Svg), 300, 2048);
        });
    }

    [Fact]
    public void Pictures_SameProduct_AreTheSame() =>
        Assert.Equal(ProductDrawing.Draw(Guid.Empty, "a-lamp", "home-and-living-lighting"), ProductDrawing.Draw(Guid.Empty, "a-lamp", "home-and-living-lighting"));

    [Fact]
    public void Motifs_EveryCategoryOfTheSeed_HasItsOwn()
    {
        var categories = _products.Select(p => p.Draft.CategorySlug).Distinct().ToList();
        Assert.Equal(categories.Count, categories.Select(Motifs.For).Distinct().Count());
        Assert.DoesNotContain(Motifs.For("nobody-drew-this"), categories.Select(Motifs.For));
    }
}
