using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Catalog.Infrastructure.Persistence.Sqlite;

/// <summary>The catalog in a SQLite file.</summary>
internal sealed class SqliteCatalogContext(DbContextOptions<SqliteCatalogContext> options) : CatalogContext(options);

internal sealed class SqliteCatalogContextFactory : SqliteDesignTimeFactory<SqliteCatalogContext>;
