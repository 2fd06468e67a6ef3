using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Sqlite;

namespace Argosy.Sidecar.Locks;

/// <summary><c>lock.sqlite</c>: locks in a file, between all processes of one machine that name it. Exists only in the development
/// sidecar.</summary>
internal sealed class SqliteLockStore(string path, TimeProvider time) : ILockStore, IInitialisedComponent, IAsyncDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS locks (resource TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS locks_expires_at ON locks (expires_at);
        """;

    private SqliteDatabase? _database;

    private SqliteDatabase Database => _database ?? throw new InvalidOperationException("The store is not initialised.");

    public async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        _database = SqliteDatabase.Share(path);
        await _database.WriteAsync(session => session.Execute(Schema));
    }

    public Task<bool> TryLockAsync(string resource, string owner, TimeSpan expiry, CancellationToken cancellationToken) =>
        Database.WriteAsync(session =>
        {
            RemoveExpired(session);
            return session.Execute("INSERT INTO locks (resource, owner, expires_at) VALUES ($resource, $owner, $expires) ON CONFLICT DO NOTHING",
                ("$resource", resource), ("$owner", owner), ("$expires", (time.GetUtcNow() + expiry).ToUnixTimeMilliseconds())) > 0;
        });

    public Task<UnlockResult> UnlockAsync(string resource, string owner, CancellationToken cancellationToken) =>
        Database.WriteAsync(session =>
        {
            RemoveExpired(session);
            var holder = session.Command("SELECT owner FROM locks WHERE resource = $resource", ("$resource", resource)).ExecuteScalar() as string;
            if (holder is null)
                return UnlockResult.LockDoesNotExist;
            if (holder != owner)
                return UnlockResult.LockBelongsToOthers;
            session.Execute("DELETE FROM locks WHERE resource = $resource", ("$resource", resource));
            return UnlockResult.Success;
        });

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
    }

    private void RemoveExpired(SqliteSession session) =>
        session.Execute("DELETE FROM locks WHERE expires_at <= $now", ("$now", time.GetUtcNow().ToUnixTimeMilliseconds()));
}
