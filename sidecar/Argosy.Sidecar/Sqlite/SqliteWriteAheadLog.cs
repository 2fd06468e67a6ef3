using Microsoft.Data.Sqlite;

namespace Argosy.Sidecar.Sqlite;

/// <summary>Keeps the write-ahead log of one database file from growing without bound. SQLite's own checkpoints give way to readers, so
/// under readers that never pause the log would only grow.</summary>
internal sealed class SqliteWriteAheadLog(string path)
{
    private const long LargestBytes = 32 * 1024 * 1024;
    private const long CheckEveryMilliseconds = 1000;

    private readonly FileInfo _file = new(path + "-wal");
    private long _nextCheck;

    /// <summary>Empties the log when it has become too large; called after a commit, outside any transaction.</summary>
    public void HoldDown(SqliteSession writer)
    {
        if (Environment.TickCount64 < _nextCheck)
            return;
        _nextCheck = Environment.TickCount64 + CheckEveryMilliseconds;
        _file.Refresh();
        if (!_file.Exists || _file.Length <= LargestBytes)
            return;
        try
        {
            // Waits for readers only briefly: a slow one must not hold up every writer.
            writer.Execute("PRAGMA busy_timeout=100");
            writer.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // The log keeps everything that is committed, so nothing is lost: the next check tries again.
        }
        finally
        {
            writer.Execute("PRAGMA busy_timeout=20000");
        }
    }
}
