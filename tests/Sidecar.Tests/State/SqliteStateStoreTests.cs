using System.Text;
using Argosy.Sidecar.State;
using Argosy.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Argosy.Sidecar.Tests.State;

public sealed class SqliteStateStoreTests : StateStoreCompliance
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string File => _folder.File("state.db");

    private protected override async Task<IStateStore> OpenAsync()
    {
        var store = new SqliteStateStore(new SqliteStateStoreOptions(File, "state", "metadata", TimeSpan.FromHours(1)), Time, NullLogger<SqliteStateStore>.Instance);
        await store.InitialiseAsync(Cancelled);
        return store;
    }

    protected override void Release() => _folder.Dispose();

    [Fact]
    public async Task Layout_IsDaprs()
    {
        await Store.ApplyAsync(new StateUpsert("app||json", """{"a":1}"""u8.ToArray(), IsJson: true), Cancelled);
        await Store.ApplyAsync(new StateUpsert("app||bytes", new byte[] { 1, 2, 3 }, TimeToLive: TimeSpan.FromSeconds(60)), Cancelled);

        Assert.Equal(["""{"a":1}""", "0", ""], Row("SELECT value, is_binary, expiration_time FROM state WHERE key = 'app||json'"));
        Assert.Equal(["AQID", "1", "2026-03-01 12:01:01"], Row("SELECT value, is_binary, expiration_time FROM state WHERE key = 'app||bytes'"));
        Assert.Equal(["36", "2026-03-01 12:00:00"], Row("SELECT length(etag), update_time FROM state WHERE key = 'app||json'"));
        Assert.Equal(["1"], Row("SELECT value FROM metadata WHERE key = 'migrations'"));
    }

    [Fact]
    public async Task Rows_WrittenByAnotherProcess_AreReadAtOnce()
    {
        Row("INSERT INTO state (key, value, is_binary, etag) VALUES ('app||theirs', 'aGVsbG8=', 1, 'e1')");

        var item = await Store.GetAsync("app||theirs", Cancelled);

        Assert.Equal("hello", Encoding.UTF8.GetString(item!.Value.Span));
        Assert.Equal("e1", item.ETag);
    }

    [Fact]
    public async Task Sweep_AfterTheInterval_RemovesExpiredRowsOnly()
    {
        for (var i = 0; i < 1200; i++)
            _ = Store.ApplyAsync(new StateUpsert($"app||short{i}", "x"u8.ToArray(), TimeToLive: TimeSpan.FromMinutes(1)), Cancelled);
        await Store.ApplyAsync(new StateUpsert("app||long", "x"u8.ToArray(), TimeToLive: TimeSpan.FromDays(1)), Cancelled);
        await Store.ApplyAsync(new StateUpsert("app||ever", "x"u8.ToArray()), Cancelled);

        Time.Advance(TimeSpan.FromHours(1));

        await Eventually.HoldsAsync("only the live rows are left", () => Row("SELECT group_concat(key, ' ' ORDER BY key) FROM state") is ["app||ever app||long"]);
    }

    [Fact]
    public async Task TwoApps_OneFile_ShareItAndOutliveEachOther()
    {
        var other = (SqliteStateStore)await OpenAsync();
        await other.ApplyAsync(new StateUpsert("b||k", "theirs"u8.ToArray()), Cancelled);
        await other.DisposeAsync();

        Assert.NotNull(await Store.GetAsync("b||k", Cancelled));
    }

    private List<string> Row(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        return reader.Read() ? [.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i).ToString()!)] : [];
    }
}
