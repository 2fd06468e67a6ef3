using System.CommandLine;
using Spectre.Console;

namespace Argosy.Cli.Commands;

/// <summary>The <c>argosy</c> command line.</summary>
internal static class ArgosyCommand
{
    // Stopping every process gracefully takes its time; only then may Ctrl-C end this program the hard way.
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(40);

    private const string TraceVariable = "ARGOSY_TRACE";

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            var root = Root(Installation.Find());
            return await root.Parse(arguments).InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = StopDeadline,
            });
        }
        catch (CliException error)
        {
            Report(error.Message);
            return error.ExitCode;
        }
        catch (OperationCanceledException)
        {
            Report("stopped");
            return 130;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Report(error.Message);
            return 1;
        }
        catch (Exception bug) when (Environment.GetEnvironmentVariable(TraceVariable) is null)
        {
            Report($"this should not have happened: {bug.Message} Set {TraceVariable}=1 to see where, and report it.");
            return 1;
        }
    }

    public static RootCommand Root(Installation installation) =>
        new("Argosy: runs, checks, tests and publishes the whole store.")
        {
            UpCommand.Create(installation),
            DownCommand.Create(installation),
            StatusCommand.Create(installation),
            LogsCommand.Create(installation),
            CheckCommand.Create(installation),
            TestCommand.Create(installation),
            PublishCommand.Create(installation),
            BenchCommand.Create(installation),
            ClusterCommand.Create(installation),
        };

    private static void Report(string message)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected)
            Console.Error.WriteLine($"argosy: {message}");
        else
            console.MarkupLineInterpolated($"[red]argosy:[/] {message}");
    }
}
