using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Inventory.Infrastructure.Persistence.Postgres;

/// <summary>The inventory on PostgreSQL.</summary>
internal sealed class PostgresInventoryContext(DbContextOptions<PostgresInventoryContext> options) : InventoryContext(options);

internal sealed class PostgresInventoryContextFactory : PostgresDesignTimeFactory<PostgresInventoryContext>;
