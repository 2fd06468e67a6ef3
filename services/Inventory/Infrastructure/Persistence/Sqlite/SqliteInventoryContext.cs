using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Inventory.Infrastructure.Persistence.Sqlite;

/// <summary>The inventory on SQLite.</summary>
internal sealed class SqliteInventoryContext(DbContextOptions<SqliteInventoryContext> options) : InventoryContext(options);

internal sealed class SqliteInventoryContextFactory : SqliteDesignTimeFactory<SqliteInventoryContext>;
