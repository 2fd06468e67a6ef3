using System.CommandLine;
using Argosy.Cli.Running;

namespace Argosy.Cli.Commands;

/// <summary><c>argosy logs SERVICE</c>: the last lines of a service's log, and with <c>-f</c> the next ones.</summary>
internal static class LogsCommand
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    public static Command Create(Installation installation)
    {
        var service = new Argument<string>("SERVICE") { Description = "A service of tye.yaml, or 'sidecar'" };
        var lines = new Option<int>("-n", "--lines") { Description = "How many lines to show", DefaultValueFactory = _ => 50 };
        var follow = new Option<bool>("-f", "--follow") { Description = "Go on with what is written next" };
        var data = new DataOption(installation);
        var command = new Command("logs", "Show a service's log") { service, lines, follow, data };
        command.SetAction((result, cancellationToken) =>
            RunAsync(data.Folder(result), result.GetRequiredValue(service), result.GetValue(lines), result.GetValue(follow), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DataFolder folder, string service, int count, bool follow, CancellationToken stop)
    {
        var path = folder.LogFile(service);
        if (!File.Exists(path))
            throw new CliException($"there is no log of '{service}' in {folder.Logs}{Known(folder)}");
        var end = new FileInfo(path).Length;
        foreach (var line in LogFile.Tail(path, count))
            Console.WriteLine(line);
        while (follow && !stop.IsCancellationRequested)
        {
            end = await CopyFromAsync(path, end, stop);
            await Task.Delay(PollInterval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return 0;
    }

    /// <summary>Prints what lies behind <paramref name="from"/>; a shorter file is a new one after rotation.</summary>
    private static async Task<long> CopyFromAsync(string path, long from, CancellationToken stop)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(file.Length < from ? 0 : from, SeekOrigin.Begin);
        await using var output = Console.OpenStandardOutput();
        await file.CopyToAsync(output, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return file.Position;
    }

    private static string Known(DataFolder folder)
    {
        if (!Directory.Exists(folder.Logs))
            return ": nothing has run there yet";
        return $"; there are {string.Join(", ", Directory.GetFiles(folder.Logs, "*.log").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal))}";
    }
}
