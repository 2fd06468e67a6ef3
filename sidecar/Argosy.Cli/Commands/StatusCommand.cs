using System.CommandLine;
using System.Text.Json;
using Argosy.Cli.Display;
using Argosy.Cli.Running;
using Spectre.Console;

namespace Argosy.Cli.Commands;

/// <summary><c>argosy status</c>: what runs on a data folder. The exit code is 0 when the store is ready, 3 when it is not.</summary>
internal static class StatusCommand
{
    private const int NotReady = 3;

    public static Command Create(Installation installation)
    {
        var data = new DataOption(installation);
        var json = new Option<bool>("--json") { Description = "Machine-readable output" };
        var command = new Command("status", "Show what runs") { data, json };
        command.SetAction(result => Run(data.Folder(result), result.GetValue(json)));
        return command;
    }

    private static int Run(DataFolder folder, bool json)
    {
        var state = InstanceState.Read(folder) is { Supervisor.IsAlive: true } running ? running : null;
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(InstanceReport.Of(folder, state), CliJson.Default.InstanceReport));
        else if (state is null)
            Console.WriteLine($"nothing runs on {folder.Path}");
        else
            Show(state);
        return state?.Phase == InstancePhase.Ready ? 0 : NotReady;
    }

    private static void Show(InstanceState state)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 160;
        AnsiConsole.Write(StatusTable.Of(state, TimeProvider.System));
        Console.WriteLine(StatusTable.Summary(state));
    }
}
