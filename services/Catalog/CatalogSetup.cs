using Argosy.Catalog.Features.Categories;
using Argosy.Catalog.Features.Export;
using Argosy.Catalog.Features.Images;
using Argosy.Catalog.Features.Imports;
using Argosy.Catalog.Features.Products;
using Argosy.Catalog.Features.Quotes;
using Argosy.Catalog.Features.Stock;
using Argosy.Catalog.Infrastructure.Cache;
using Argosy.Catalog.Infrastructure.Persistence;
using Argosy.Catalog.Infrastructure.Persistence.Postgres;
using Argosy.Catalog.Infrastructure.Persistence.Sqlite;
using Argosy.Catalog.Seed;
using Argosy.ServiceDefaults.Persistence;

namespace Argosy.Catalog;

/// <summary>What the catalog consists of.</summary>
internal static class CatalogSetup
{
    public static WebApplicationBuilder AddCatalog(this WebApplicationBuilder builder)
    {
        builder.AddArgosyDbContext<CatalogContext, SqliteCatalogContext, PostgresCatalogContext>("catalog-db");
        builder.Services.AddOptions<CatalogOptions>().BindConfiguration(CatalogOptions.Section);
        builder.Services.AddSingleton<CurrentRevision>();
        builder.Services.AddSingleton<SharedCache>();
        builder.Services.AddSingleton<ReadCache>();
        builder.Services.AddSingleton<QuoteBook>();
        builder.Services.AddScoped<ProductStore>();
        builder.Services.AddScoped<ProductImporter>();
        // After the database, whose migrations it needs.
        builder.Services.AddHostedService<DemoProducts>();
        return builder;
    }

    public static void MapCatalog(this WebApplication app)
    {
        var routes = app.MapGroup("/api/catalog");
        routes.MapListProducts();
        routes.MapGetProduct();
        routes.MapCreateProduct();
        routes.MapReplaceProduct();
        routes.MapDeleteProduct();
        routes.MapListCategories();
        routes.MapGetImage();
        routes.MapImportProducts();
        routes.MapExportProducts();
        app.MapQuotePrices();
        app.MapStockChanged();
    }
}
