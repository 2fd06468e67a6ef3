using System.CommandLine;
using Argosy.Cli.Running;

namespace Argosy.Cli.Commands;

/// <summary><c>argosy down</c>: stops the instance of a data folder, and whatever an earlier one left.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public static Command Create(Installation installation)
    {
        var data = new DataOption(installation);
        var command = new Command("down", "Stop the store") { data };
        command.SetAction((result, _) => RunAsync(data.Folder(result)));
        return command;
    }

    private static async Task<int> RunAsync(DataFolder folder)
    {
        if (!Directory.Exists(folder.Run))
        {
            Console.WriteLine($"nothing runs on {folder.Path}");
            return 0;
        }
        var state = InstanceState.Read(folder);
        var wasRunning = state?.Supervisor.IsAlive == true;
        if (wasRunning)
            await ProcessSignals.EndAsync([state!.Supervisor], Grace);
        using var instanceLock = InstanceLock.Take(folder);
        var leftovers = await Leftovers.EndAsync(folder);
        Console.WriteLine(wasRunning || leftovers > 0 ? "stopped" : $"nothing runs on {folder.Path}");
        return 0;
    }
}
