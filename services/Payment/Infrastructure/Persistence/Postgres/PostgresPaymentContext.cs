using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Payment.Infrastructure.Persistence.Postgres;

/// <summary>The payments on PostgreSQL.</summary>
internal sealed class PostgresPaymentContext(DbContextOptions<PostgresPaymentContext> options) : PaymentContext(options);

internal sealed class PostgresPaymentContextFactory : PostgresDesignTimeFactory<PostgresPaymentContext>;
