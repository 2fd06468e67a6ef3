using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Payment.Infrastructure.Persistence.Sqlite;

/// <summary>The payments on SQLite.</summary>
internal sealed class SqlitePaymentContext(DbContextOptions<SqlitePaymentContext> options) : PaymentContext(options);

internal sealed class SqlitePaymentContextFactory : SqliteDesignTimeFactory<SqlitePaymentContext>;
