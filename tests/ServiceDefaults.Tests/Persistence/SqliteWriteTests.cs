using Argosy.ServiceDefaults.Tests.Hosting;
using Argosy.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Argosy.ServiceDefaults.Tests.Persistence;

/// <summary>SQLite has one writer at a time; callers must not notice.</summary>
public sealed class SqliteWriteTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Address => $"sqlite:{_folder.File("test.db")}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadThenWrite_HundredAtOnceInTwoReplicas_AllSucceedAndNoneIsLost()
    {
        await using var first = await TestService.StartAsync(Address, new RecordingBroker());
        await using var second = await TestService.StartAsync(Address, new RecordingBroker());
        await first.WithContextAsync(async context =>
        {
            context.Notes.Add(new Note { Text = "0" });
            await context.SaveChangesAsync();
        });
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => (i % 2 == 0 ? first : second).WithContextAsync(context => context.InTransactionAsync(async cancellationToken =>
        {
            var note = await context.Notes.SingleAsync(cancellationToken);
            note.Text = $"{int.Parse(note.Text) + 1}";
            return true;
        }, CancellationToken.None)))));
        Assert.Equal("100", await second.WithContextAsync(context => context.Notes.Select(note => note.Text).SingleAsync()));
    }

    [Fact]
    public async Task WriteWithoutTransaction_ManyAtOnce_AllSucceed()
    {
        await using var service = await TestService.StartAsync(Address, new RecordingBroker());
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => service.WithContextAsync(async context =>
        {
            context.Notes.Add(new Note { Text = "n" });
            await context.SaveChangesAsync();
            await context.Notes.Where(note => note.Text == "n").ExecuteUpdateAsync(note => note.SetProperty(row => row.Text, "m"));
        }))));
        Assert.Equal(100, await service.WithContextAsync(context => context.Notes.CountAsync(note => note.Text == "m")));
    }

    [Theory]
    [InlineData("abandoned")]
    [InlineData("rolled back")]
    [InlineData("statement failed")]
    public async Task Transaction_ThatDoesNotCommit_LetsTheNextWriterIn(string end)
    {
        await using var service = await TestService.StartAsync(Address, new RecordingBroker());
        await service.WithContextAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.Notes.Add(new Note { Text = "lost" });
            await context.SaveChangesAsync();
            if (end == "rolled back")
                await transaction.RollbackAsync();
            if (end == "statement failed")
                await Assert.ThrowsAsync<SqliteException>(() => context.Database.ExecuteSqlRawAsync("INSERT INTO nowhere VALUES (1)"));
        });
        await Assert.ThrowsAsync<SqliteException>(() => service.WithContextAsync(context => context.Database.ExecuteSqlRawAsync("INSERT INTO nowhere VALUES (1)")));
        await service.WithContextAsync(async context =>
        {
            context.Notes.Add(new Note { Text = "kept" });
            await context.SaveChangesAsync();
        }).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["kept"], await service.WithContextAsync(context => context.Notes.Select(note => note.Text).ToListAsync()));
    }

    [Fact]
    public async Task Writer_CancelledWhileWaiting_DoesNotTakeTheTurn()
    {
        await using var service = await TestService.StartAsync(Address, new RecordingBroker());
        await service.WithContextAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.WithContextAsync(other => other.Notes.ExecuteDeleteAsync(impatient.Token)));
            await transaction.CommitAsync();
        });
        Assert.Equal(0, await service.WithContextAsync(context => context.Notes.ExecuteDeleteAsync()).WaitAsync(TimeSpan.FromSeconds(10)));
    }

    /// <summary>A context is used by one request after the other: what a cancelled wait leaves behind must not keep a later one from giving its turn back.</summary>
    [Fact]
    public async Task Transaction_CancelledWhileWaiting_LeavesNothingToLaterOnesOfItsContext()
    {
        await using var service = await TestService.StartAsync(Address, new RecordingBroker());
        await service.WithContextAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.WithContextAsync(other => other.Database.BeginTransactionAsync(impatient.Token)));
            await transaction.CommitAsync();
        });
        for (var request = 0; request < 10; request++)
        {
            await service.WithContextAsync(async context =>
            {
                await using var abandoned = await context.Database.BeginTransactionAsync().WaitAsync(TimeSpan.FromSeconds(10));
            });
        }
        Assert.Equal(0, await service.WithContextAsync(context => context.Notes.ExecuteDeleteAsync()).WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Connection_IsSetUpForManyProcesses()
    {
        await using var service = await TestService.StartAsync(Address, new RecordingBroker());
        var settings = await service.WithContextAsync(async context =>
        {
            var values = new List<string>();
            foreach (var pragma in new[] { "journal_mode", "synchronous", "foreign_keys", "busy_timeout" })
            {
                await context.Database.OpenConnectionAsync();
                await using var command = context.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"PRAGMA {pragma}";
                values.Add($"{await command.ExecuteScalarAsync()}");
            }
            return values;
        });
        Assert.Equal(["wal", "1", "1", "10000"], settings);
    }

    [Fact]
    public async Task Start_WithLockOfAKilledMigration_DoesNotWaitForIt()
    {
        await using (var connection = new SqliteConnection($"Data Source={_folder.File("test.db")};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = """CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER PRIMARY KEY, "Timestamp" TEXT NOT NULL); INSERT INTO "__EFMigrationsLock" VALUES (1, '2020-01-01')""";
            await command.ExecuteNonQueryAsync();
        }
        await using var service = await TestService.StartAsync(Address, new RecordingBroker()).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, await service.WithContextAsync(context => context.Notes.CountAsync()));
    }

    [Fact]
    public async Task Start_FourReplicasOnAnEmptyFile_MigrateOnce()
    {
        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestService.StartAsync(Address, new RecordingBroker()))));
        foreach (var replica in replicas)
        {
            Assert.Equal(0, await replica.WithContextAsync(context => context.Notes.CountAsync()));
            await replica.DisposeAsync();
        }
    }
}
