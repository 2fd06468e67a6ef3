using Argosy.ServiceDefaults.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Argosy.Notification.Infrastructure.Persistence.Sqlite;

/// <summary>The notifications on SQLite.</summary>
internal sealed class SqliteNotificationContext(DbContextOptions<SqliteNotificationContext> options) : NotificationContext(options);

internal sealed class SqliteNotificationContextFactory : SqliteDesignTimeFactory<SqliteNotificationContext>;
