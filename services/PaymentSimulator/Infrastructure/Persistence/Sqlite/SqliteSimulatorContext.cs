using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence.Sqlite;

/// <summary>The gateway's books on SQLite.</summary>
internal sealed class SqliteSimulatorContext(DbContextOptions<SqliteSimulatorContext> options) : SimulatorContext(options);

internal sealed class SqliteSimulatorContextFactory : SqliteDesignTimeFactory<SqliteSimulatorContext>;
