using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.PaymentSimulator.Infrastructure.Persistence.Postgres;

/// <summary>The gateway's books on PostgreSQL.</summary>
internal sealed class PostgresSimulatorContext(DbContextOptions<PostgresSimulatorContext> options) : SimulatorContext(options);

internal sealed class PostgresSimulatorContextFactory : PostgresDesignTimeFactory<PostgresSimulatorContext>;
