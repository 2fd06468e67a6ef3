using System.Diagnostics;
using Argosy.Sidecar.Sqlite;
using Argosy.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Argosy.Sidecar.Tests.Sqlite;

public sealed class SqliteDatabaseTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private SqliteDatabase _database = null!;

    private string File => _folder.File("data/test.db");

    public async ValueTask InitializeAsync()
    {
        _database = SqliteDatabase.Share(File);
        await _database.WriteAsync(session => session.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT UNIQUE)"));
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Write_Completed_IsSeenByTheNextRead()
    {
        for (var i = 0; i < 50; i++)
        {
            await InsertAsync($"{i}");
            Assert.Equal(i + 1, Count());
        }
    }

    [Fact]
    public async Task Write_WorkThrows_UndoesItAloneAndTellsItsCaller()
    {
        var writes = Enumerable.Range(0, 200).Select(i => _database.WriteAsync(session =>
        {
            session.Execute("INSERT INTO t (text) VALUES ($text)", ("$text", $"{i}"));
            return i % 10 == 3 ? throw new InvalidOperationException($"refused {i}") : i;
        })).ToList();

        var outcomes = await Task.WhenAll(writes.Select(async write =>
        {
            try
            {
                return $"{await write}";
            }
            catch (InvalidOperationException refusal)
            {
                return refusal.Message;
            }
        }));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => i % 10 == 3 ? $"refused {i}" : $"{i}"), outcomes);
        Assert.Equal(180, Count());
    }

    [Theory]
    [InlineData("INSERT INTO t (text) VALUES ('taken')")]
    [InlineData("INSERT INTO nothing VALUES (1)")]
    [InlineData("not SQL at all")]
    public async Task Write_StatementFails_OthersAreStored(string statement)
    {
        await InsertAsync("taken");

        var before = InsertAsync("before");
        var failing = _database.WriteAsync(session => session.Execute(statement));
        var after = InsertAsync("after");

        await Assert.ThrowsAsync<SqliteException>(() => failing);
        await Task.WhenAll(before, after);
        Assert.Equal(3, Count());
    }

    [Fact]
    public async Task Write_DiskFull_FailsItAndKeepsTheOthers()
    {
        await _database.WriteAsync(session => session.Execute($"PRAGMA max_page_count = {Pages() + 40}"));

        var before = Enumerable.Range(0, 20).Select(i => InsertAsync($"before {i}")).ToList();
        var huge = InsertAsync(new string('x', 1_000_000));
        var after = Enumerable.Range(0, 20).Select(i => InsertAsync($"after {i}")).ToList();

        var failure = await Assert.ThrowsAsync<SqliteException>(() => huge);
        Assert.Equal(SQLitePCL.raw.SQLITE_FULL, failure.SqliteErrorCode);
        await Task.WhenAll([.. before, .. after]);
        Assert.Equal(40, Count());

        await InsertAsync("and it goes on");
        Assert.Equal(41, Count());
    }

    [Fact]
    public async Task Write_CommitFails_EveryCallerLearnsItAndNothingIsStored()
    {
        // A deferred foreign key is checked only at COMMIT.
        await _database.WriteAsync(session => session.Execute("CREATE TABLE child (parent INTEGER REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED)"));
        using var started = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        var holding = _database.WriteAsync(_ =>
        {
            started.Set();
            return gate.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
        });
        // With the writer held up, the next two surely become one group.
        Assert.True(started.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        var innocent = InsertAsync("innocent");
        var dangling = _database.WriteAsync(session => session.Execute("INSERT INTO child VALUES (4711)"));
        gate.Set();

        await holding;
        await Assert.ThrowsAsync<SqliteException>(() => dangling);
        await Assert.ThrowsAsync<SqliteException>(() => innocent);
        Assert.Equal(0, Count());
        await InsertAsync("works again");
    }

    [Fact]
    public async Task Write_OtherProcessHoldsTheFile_Waits()
    {
        using var other = Connect();
        Execute(other, "BEGIN IMMEDIATE");
        var waiting = InsertAsync("patient");
        Execute(other, "INSERT INTO t (text) VALUES ('theirs')");
        Assert.False(waiting.IsCompleted);
        Execute(other, "COMMIT");

        await waiting;
        Assert.Equal(2, Count());
    }

    [Fact]
    public async Task Write_ManyConnectionsAtOnce_LosesNothing()
    {
        // Other connections stand for other processes: SQLite locks between connections just as it does between processes.
        var others = Enumerable.Range(0, 3).Select(process => Task.Run(() =>
        {
            using var other = Connect();
            for (var i = 0; i < 50; i++)
                Execute(other, $"INSERT INTO t (text) VALUES ('{process}-{i}')");
        }));
        var own = Enumerable.Range(0, 200).Select(i => InsertAsync($"own-{i}"));

        await Task.WhenAll([.. others, .. own]);

        Assert.Equal(350, Count());
    }

    [Fact]
    public async Task Dispose_WritesUnderWay_StoresThemFirst()
    {
        var writes = Enumerable.Range(0, 500).Select(i => InsertAsync($"{i}")).ToList();
        await _database.DisposeAsync();
        await Task.WhenAll(writes);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => InsertAsync("late"));
        Assert.Throws<ObjectDisposedException>(() => Count());
        Assert.False(System.IO.File.Exists(File + "-wal"), "closing leaves no log behind");
        using var other = Connect();
        Assert.Equal(500L, Execute(other, "SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Share_SameFile_IsOneDatabaseUntilTheLastLeaves()
    {
        var second = SqliteDatabase.Share(Path.Combine(_folder.Path, "data", "..", "data", "test.db"));
        Assert.Same(_database, second);

        await second.DisposeAsync();

        await InsertAsync("still open");
        Assert.Equal(1, Count());
    }

    [Fact]
    public void Share_NotADatabase_FailsAndCanBeTriedAgain()
    {
        var path = _folder.Write("broken.db", string.Concat(Enumerable.Repeat("this is no database. ", 100)));

        Assert.Throws<SqliteException>(() => SqliteDatabase.Share(path));
        Assert.Throws<SqliteException>(() => SqliteDatabase.Share(path));
    }

    [Fact]
    public async Task Log_ReadersThatNeverPause_StaysBounded()
    {
        using var stop = new CancellationTokenSource();
        await _database.WriteAsync(session => session.Execute("CREATE TABLE big (id INTEGER PRIMARY KEY, data BLOB)"));
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            // Snapshots that overlap, so that at no moment nobody reads: SQLite alone would never start its log anew.
            using var first = Connect();
            using var second = Connect();
            while (!stop.IsCancellationRequested)
            {
                foreach (var connection in (SqliteConnection[])[first, second])
                {
                    Execute(connection, "BEGIN");
                    Execute(connection, "SELECT count(*) FROM t");
                    Thread.Yield();
                    Execute(connection, "COMMIT");
                }
            }
        })).ToList();

        var clock = Stopwatch.StartNew();
        for (var written = 0; written < 100 && clock.Elapsed < TimeSpan.FromSeconds(20); written++)
            await _database.WriteAsync(session => session.Execute("INSERT OR REPLACE INTO big VALUES ($id, randomblob(2000000))", ("$id", written % 4)));
        await Eventually.HoldsAsync("the log is small again", async () =>
        {
            await InsertAsync(Guid.NewGuid().ToString());
            return new FileInfo(File + "-wal").Length < 32 * 1024 * 1024;
        });
        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    private Task<int> InsertAsync(string text) =>
        _database.WriteAsync(session => session.Execute("INSERT INTO t (text) VALUES ($text)", ("$text", text)));

    private long Count() => _database.Read(session => (long)session.Command("SELECT count(*) FROM t").ExecuteScalar()!);

    private long Pages() => _database.Read(session => (long)session.Command("PRAGMA page_count").ExecuteScalar()!);

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False;Default Timeout=20");
        connection.Open();
        return connection;
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
