using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Notification.Infrastructure.Persistence.Postgres;

/// <summary>The notifications on PostgreSQL.</summary>
internal sealed class PostgresNotificationContext(DbContextOptions<PostgresNotificationContext> options) : NotificationContext(options);

internal sealed class PostgresNotificationContextFactory : PostgresDesignTimeFactory<PostgresNotificationContext>;
