using System.Globalization;
using System.Net;
using Argosy.Catalog.Domain;
using Argosy.Catalog.Features.Imports;
using Argosy.Catalog.Features.Products;
using Argosy.Catalog.Infrastructure.Drawing;
using Argosy.Catalog.Infrastructure.Persistence;
using Argosy.ServiceDefaults.Http;
using CsvHelper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Features.Export;

/// <summary><c>GET /api/catalog/export</c> (operators): all products in the format that <c>imports</c> reads, so that importing it changes nothing.</summary>
internal static class ExportProducts
{
    private const int BatchSize = 250;

    private static readonly string[] Header =
    [
        ShopifyColumns.Handle, ShopifyColumns.Title, ShopifyColumns.Body, ShopifyColumns.Vendor, ShopifyColumns.ProductCategory, ShopifyColumns.Tags, ShopifyColumns.Published,
        .. Enumerable.Range(1, CatalogLimits.Options).SelectMany(o => new[] { ShopifyColumns.OptionName(o), ShopifyColumns.OptionValue(o) }),
        ShopifyColumns.VariantSku, ShopifyColumns.VariantQuantity, ShopifyColumns.VariantPrice, ShopifyColumns.ImageSource,
    ];

    public static void MapExportProducts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/export", Handle).RequireOperator().WithSummary("All products as CSV in Shopify's product format").WithTags("Catalog")
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");

    private static PushStreamHttpResult Handle(CatalogContext context, CancellationToken cancellationToken) =>
        TypedResults.Stream(stream => WriteAsync(stream, context, cancellationToken), "text/csv; charset=utf-8", "products.csv");

    private static async Task WriteAsync(Stream stream, CatalogContext context, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(stream, leaveOpen: true);
        await WriteRowAsync(csv, Header, cancellationToken);
        var categories = await context.Categories.AsNoTracking().ToDictionaryAsync(c => c.Slug, cancellationToken);
        var last = Guid.Empty;
        while (true)
        {
            var batch = await context.Products.AsNoTracking().Where(p => p.Id > last).OrderBy(p => p.Id).Take(BatchSize).Include(p => p.Variants).AsSplitQuery().ToListAsync(cancellationToken);
            if (batch.Count == 0)
                break;
            var stock = await StockOnHand.ReadAsync(context, batch, cancellationToken);
            foreach (var product in batch)
                await WriteProductAsync(csv, product, categories, stock, cancellationToken);
            last = batch[^1].Id;
        }
        await csv.FlushAsync(cancellationToken);
    }

    private static async Task WriteProductAsync(CsvWriter csv, Product product, Dictionary<string, Category> categories, StockOnHand stock, CancellationToken cancellationToken)
    {
        var variants = product.Variants.OrderBy(v => v.Position).ToList();
        // A drawn picture is drawn again by whoever imports the file.
        var images = product.Images.Where(i => !i.StartsWith(ProductDrawing.AddressPrefix, StringComparison.Ordinal)).ToList();
        for (var i = 0; i < Math.Max(variants.Count, images.Count); i++)
        {
            string[] head = i == 0
                ? [product.Title, ToHtml(product.Description), product.Brand, PathOf(product.CategorySlug, categories), string.Join(", ", product.Tags), product.IsPublished ? "TRUE" : "FALSE"]
                : ["", "", "", "", "", ""];
            string[] variant = i < variants.Count
                ? [variants[i].Sku, stock.Of(variants[i]).ToString(CultureInfo.InvariantCulture), (variants[i].Price / 100m).ToString("0.00", CultureInfo.InvariantCulture)]
                : ["", "", ""];
            var options = Enumerable.Range(0, CatalogLimits.Options).SelectMany(o => new[]
            {
                i == 0 ? product.OptionNames.ElementAtOrDefault(o) ?? "" : "",
                i < variants.Count ? variants[i].OptionValues.ElementAtOrDefault(o) ?? "" : "",
            });
            await WriteRowAsync(csv, [product.Slug, .. head, .. options, .. variant, images.ElementAtOrDefault(i) ?? ""], cancellationToken);
        }
    }

    private static string PathOf(string slug, Dictionary<string, Category> categories)
    {
        var category = categories[slug];
        return category.ParentSlug is null ? category.Name : $"{PathOf(category.ParentSlug, categories)} > {category.Name}";
    }

    private static string ToHtml(string text) => text.Length == 0 ? "" : string.Concat(text.Split('\n').Select(line => $"<p>{WebUtility.HtmlEncode(line)}</p>"));

    private static async ValueTask WriteRowAsync(CsvWriter csv, IEnumerable<string> fields, CancellationToken cancellationToken)
    {
        foreach (var field in fields)
            csv.WriteField(field);
        await csv.EndRecordAsync(cancellationToken);
    }
}
