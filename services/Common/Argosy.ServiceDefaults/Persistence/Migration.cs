using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Argosy.ServiceDefaults.Persistence;

/// <summary>Brings a schema up to date, whichever replica comes first and whenever one of them was killed.</summary>
internal static class Migration
{
    public static async Task RunAsync(ArgosyDbContext context, DatabaseAddress address, CancellationToken cancellationToken)
    {
        if (address.Provider == DatabaseProvider.Postgres)
        {
            await context.Database.MigrateAsync(cancellationToken);
            return;
        }
        var file = new SqliteConnectionStringBuilder(address.ConnectionString).DataSource;
        if (File.Exists(file) && !(await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return;
        // EF Core's own lock on SQLite is a table row, which stays for ever when its holder is killed. A locked file frees itself,
        // and whoever holds it may remove such a row.
        await using var alone = await LockAsync(file + ".migrating", cancellationToken);
        if (File.Exists(file))
            await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    private static async Task<FileStream> LockAsync(string file, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            Directory.CreateDirectory(folder);
        for (var backoff = new Backoff(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(200)); ; await backoff.WaitAsync(TimeProvider.System, cancellationToken))
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (File.Exists(file))
            {
                // Another replica migrates.
            }
        }
    }
}
