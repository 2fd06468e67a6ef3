using System.Text;
using Argosy.Cli.Running;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Running;

public sealed class LogFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("a.log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Append_PastTheLimit_KeepsTwoBoundedFilesAndTheNewestLines()
    {
        using (var log = new LogFile(Path, limit: 1000))
        {
            for (var i = 0; i < 500; i++)
                log.Append(Encoding.UTF8.GetBytes($"line {i}\n"));
        }

        Assert.Equal(["a.log", "a.log.1"], Directory.GetFiles(_folder.Path).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(_folder.Path), file => Assert.InRange(new FileInfo(file).Length, 1, 1000));
        Assert.Equal("line 499", LogFile.Tail(Path, 1).Single());
    }

    [Fact]
    public void Tail_MoreThanThereIs_GivesAllInOrder()
    {
        using var log = new LogFile(Path);
        log.Append("a\nb\nc\n"u8);

        Assert.Equal(["a", "b", "c"], LogFile.Tail(Path, 10));
        Assert.Equal(["b", "c"], LogFile.Tail(Path, 2));
        Assert.Empty(LogFile.Tail(_folder.File("none.log"), 2));
    }

    [Fact]
    public async Task Pump_LinesOfAnySize_ArriveWhole()
    {
        var wide = new string('x', 100_000);
        using (var log = new LogFile(Path))
            await LogPump.StartAsync(new MemoryStream(Encoding.UTF8.GetBytes($"first\n{wide}\nlast without end")), log);

        Assert.Equal($"first\n{wide}\nlast without end", await File.ReadAllTextAsync(Path, TestContext.Current.CancellationToken));
    }
}
