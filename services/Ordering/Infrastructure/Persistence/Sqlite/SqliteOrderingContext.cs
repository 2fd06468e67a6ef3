using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Ordering.Infrastructure.Persistence.Sqlite;

/// <summary>The orders on SQLite.</summary>
internal sealed class SqliteOrderingContext(DbContextOptions<SqliteOrderingContext> options) : OrderingContext(options);

internal sealed class SqliteOrderingContextFactory : SqliteDesignTimeFactory<SqliteOrderingContext>;
