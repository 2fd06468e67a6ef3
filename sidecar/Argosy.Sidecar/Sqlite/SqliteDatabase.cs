using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Argosy.Sidecar.Sqlite;

/// <summary>A SQLite file shared by every component of the process that names it. Writes queue up and are committed in groups, each
/// in its own savepoint, so that many small writers cost one commit; reads run beside them (write-ahead log).</summary>
/// <remarks><c>synchronous=NORMAL</c>: a commit survives the death of any process; a power cut may cost the last moments, which
/// <c>FULL</c> would not.</remarks>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private const int LargestGroup = 256;

    private static readonly ConcurrentDictionary<string, SqliteDatabase> Open = new(StringComparer.Ordinal);
    private static readonly Lock Opening = new();

    private readonly Channel<IWrite> _writes = Channel.CreateUnbounded<IWrite>(new() { SingleReader = true });
    private readonly ConcurrentBag<SqliteSession> _readers = [];
    private readonly string _connectionString;
    private readonly SqliteSession _writer;
    private readonly Task _writing;
    private int _users = 1;

    private SqliteDatabase(string path)
    {
        Path = path;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 20 }.ToString();
        _writer = new SqliteSession(_connectionString);
        _writer.Execute("PRAGMA journal_mode=WAL");
        _writer.Execute("PRAGMA synchronous=NORMAL");
        _writing = Task.Run(WriteGroupsAsync);
    }

    public string Path { get; }

    /// <summary>Opens the file, or joins those who have it open. Dispose to leave; the last one closes it.</summary>
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
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work)
    {
        var write = new Write<T>(work);
        if (!_writes.Writer.TryWrite(write))
            return Task.FromException<T>(new ObjectDisposedException(nameof(SqliteDatabase), $"{Path} is closed"));
        return write.Task;
    }

    /// <summary>Runs <paramref name="work"/> on a connection that sees everything committed so far.</summary>
    public T Read<T>(Func<SqliteSession, T> work)
    {
        if (!_readers.TryTake(out var session))
            session = new SqliteSession(_connectionString);
        try
        {
            return work(session);
        }
        finally
        {
            _readers.Add(session);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (Opening)
        {
            if (--_users > 0)
                return;
            Open.TryRemove(Path, out _);
        }
        _writes.Writer.Complete();
        await _writing;
        _writer.Dispose();
        foreach (var reader in _readers)
            reader.Dispose();
    }

    private async Task WriteGroupsAsync()
    {
        var group = new List<IWrite>(LargestGroup);
        while (await _writes.Reader.WaitToReadAsync())
        {
            while (group.Count < LargestGroup && _writes.Reader.TryRead(out var write))
                group.Add(write);
            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<IWrite> group)
    {
        try
        {
            _writer.Execute("BEGIN IMMEDIATE");
            foreach (var write in group)
                write.Run(_writer);
            _writer.Execute("COMMIT");
        }
        catch (SqliteException failure)
        {
            RollBack();
            foreach (var write in group)
                write.Fail(failure);
            return;
        }
        foreach (var write in group)
            write.Succeed();
    }

    private void RollBack()
    {
        // A full disk or an I/O error may have ended the transaction already; SQLite then has nothing left to undo.
        if (SQLitePCL.raw.sqlite3_get_autocommit(_writer.Connection.Handle) == 0)
            _writer.Execute("ROLLBACK");
    }

    private interface IWrite
    {
        void Run(SqliteSession session);

        void Succeed();

        void Fail(Exception failure);
    }

    private sealed class Write<T>(Func<SqliteSession, T> work) : IWrite
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Exception? _failure;
        private T _result = default!;

        public Task<T> Task => _done.Task;

        public void Run(SqliteSession session)
        {
            session.Execute("SAVEPOINT work");
            try
            {
                _result = work(session);
            }
            catch (Exception failure) when (failure is not SqliteException { SqliteErrorCode: not 19 })
            {
                // A refusal of this work (a conflict, a constraint): the others in the group go on.
                _failure = failure;
                session.Execute("ROLLBACK TO work");
            }
            session.Execute("RELEASE work");
        }

        public void Succeed()
        {
            if (_failure is null)
                _done.TrySetResult(_result);
            else
                _done.TrySetException(_failure);
        }

        public void Fail(Exception failure) => _done.TrySetException(_failure ?? failure);
    }
}
