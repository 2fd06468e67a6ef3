using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Infrastructure.Persistence.Postgres;

/// <summary>The catalog in PostgreSQL.</summary>
internal sealed class PostgresCatalogContext(DbContextOptions<PostgresCatalogContext> options) : CatalogContext(options);

internal sealed class PostgresCatalogContextFactory : PostgresDesignTimeFactory<PostgresCatalogContext>;
