using Argosy.Catalog.Domain;
using Argosy.Catalog.Features.Imports;
using Argosy.Catalog.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Argosy.Catalog.Seed;

/// <summary>At the very first start, imports the demo products as an operator would.</summary>
internal sealed partial class DemoProducts(IServiceScopeFactory scopes, IOptions<CatalogOptions> options, ILogger<DemoProducts> logger) : IHostedService
{
    /// <summary>The demo products in Shopify's format.</summary>
    public static Stream Open() => typeof(DemoProducts).Assembly.GetManifestResourceStream("products.csv")!;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.SeedDemoProducts)
            return;
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<CatalogContext>();
        if (await context.Revisions.AnyAsync(r => r.Name == Revision.Content && r.Value != Guid.Empty, cancellationToken))
            return;
        var errors = new ImportErrors();
        await using var file = Open();
        var report = await scope.ServiceProvider.GetRequiredService<ProductImporter>().ImportAsync(file, errors, cancellationToken)
            ?? throw new InvalidOperationException($"The demo products cannot be imported: {errors.All[0]}");
        LogImported(logger, report.Created);
        // Nothing in this process's life is as large as this; what it took goes back to the system.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 110, Level = LogLevel.Information, Message = "Imported {Count} demo products")]
    private static partial void LogImported(ILogger logger, int count);
}
