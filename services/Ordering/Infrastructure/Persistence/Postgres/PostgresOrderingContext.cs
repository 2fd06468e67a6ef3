using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Infrastructure.Persistence.Postgres;

/// <summary>The orders on PostgreSQL.</summary>
internal sealed class PostgresOrderingContext(DbContextOptions<PostgresOrderingContext> options) : OrderingContext(options);

internal sealed class PostgresOrderingContextFactory : PostgresDesignTimeFactory<PostgresOrderingContext>;
