using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Argosy.Sidecar.Sqlite;

/// <summary>A SQLite file shared by every component of the process that names it. Writes queue up and are committed in groups, each
/// in its own savepoint, so that many small writers cost one commit; reads run beside them (write-ahead log). Other processes
/// may use the file at the same time.</summary>
/// <remarks><c>synchronous=NORMAL</c>: a commit survives the death of any process; a power cut may cost the last moments, which
/// <c>FULL</c> would not.</remarks>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private const int LargestGroup = 256;
    private const int KeptReaders = 16;

    private static readonly ConcurrentDictionary<string, SqliteDatabase> Open = new(StringComparer.Ordinal);
    private static readonly Lock Opening = new();

    private readonly Channel<ISqliteWrite> _writes = Channel.CreateUnbounded<ISqliteWrite>(new() { SingleReader = true });
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly string _connectionString;
    private readonly SqliteWriteAheadLog _log;
    private readonly Task _writing;
    private SqliteSession? _writer;
    private int _users = 1;
    private volatile bool _closed;

    private SqliteDatabase(string path)
    {
        Path = path;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 20 }.ToString();
        _log = new SqliteWriteAheadLog(path);
        _writer = OpenWriter();
        _writing = Task.Run(WriteGroupsAsync);
    }

    public string Path { get; }

    /// <summary>Opens the file, or joins those who have it open. Dispose once to leave; the last one closes it.</summary>
    public static SqliteDatabase Share(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        lock (Opening)
        {
            if (Open.TryGetValue(path, out var open))
            {
                open._users++;
                return open;
            }
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            return Open[path] = new SqliteDatabase(path);
        }
    }

    /// <summary>Runs <paramref name="work"/> in a transaction; the task ends after it is committed. An exception undoes this work alone.</summary>
    /// <param name="work">Touches nothing but its session: it runs again when another writer's failure has undone it.</param>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work)
    {
        var write = new SqliteWrite<T>(work);
        return _writes.Writer.TryWrite(write)
            ? write.Task
            : Task.FromException<T>(new ObjectDisposedException(nameof(SqliteDatabase), $"{Path} is closed"));
    }

    /// <summary>Runs <paramref name="work"/> on a connection that sees everything committed so far. Each statement has its own
    /// snapshot.</summary>
    public T Read<T>(Func<SqliteSession, T> work)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (!_readers.TryTake(out var session))
            session = OpenSession();
        try
        {
            return work(session);
        }
        finally
        {
            if (_readers.Count < KeptReaders)
                _readers.Add(session);
            else
                session.Dispose();
            if (_closed)
                DisposeReaders();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (Opening)
        {
            if (--_users > 0 || _closed)
                return;
            _closed = true;
            Open.TryRemove(Path, out _);
        }
        _writes.Writer.Complete();
        await _writing;
        DisposeReaders();
        _writer?.Dispose();
    }

    private void DisposeReaders()
    {
        while (_readers.TryTake(out var reader))
            reader.Dispose();
    }

    /// <summary>A connection of its own, for what must not share one; the caller disposes it.</summary>
    public SqliteSession OpenSession()
    {
        var session = new SqliteSession(_connectionString);
        // SQLite's own waiting for other processes; without it the client library polls every 150 ms.
        session.Execute("PRAGMA busy_timeout=20000");
        return session;
    }

    private SqliteSession OpenWriter()
    {
        var session = OpenSession();
        try
        {
            session.Execute("PRAGMA journal_mode=WAL");
            session.Execute("PRAGMA synchronous=NORMAL");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private async Task WriteGroupsAsync()
    {
        var group = new List<ISqliteWrite>(LargestGroup);
        while (await _writes.Reader.WaitToReadAsync())
        {
            while (group.Count < LargestGroup && _writes.Reader.TryRead(out var write))
                group.Add(write);
            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<ISqliteWrite> group)
    {
        try
        {
            while (!TryCommit(group))
            {
            }
        }
        catch (Exception failure)
        {
            // Nothing of the group is stored (busy for too long, a full disk, an I/O error): each caller learns it.
            foreach (var write in group)
                write.Fail(failure);
            AbandonTransaction();
            return;
        }
        foreach (var write in group)
            write.Complete();
        _log.HoldDown(_writer!);
    }

    /// <returns>False when one work's failure ended the whole transaction: it is taken out of the group and the others must run again.</returns>
    private bool TryCommit(List<ISqliteWrite> group)
    {
        var writer = _writer ??= OpenWriter();
        writer.Execute("BEGIN IMMEDIATE");
        foreach (var write in group)
        {
            write.Run(writer);
            if (writer.IsInTransaction)
                continue;
            group.Remove(write);
            write.Complete();
            return false;
        }
        writer.Execute("COMMIT");
        return true;
    }

    private void AbandonTransaction()
    {
        try
        {
            if (_writer is { IsInTransaction: true })
                _writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // The connection is beyond use: closing it undoes what it left, and the next group opens another.
            _writer?.Dispose();
            _writer = null;
        }
    }
}
