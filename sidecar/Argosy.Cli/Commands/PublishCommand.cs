using System.CommandLine;
using Argosy.Cli.Publishing;

namespace Argosy.Cli.Commands;

/// <summary><c>argosy publish -o DIR</c>: everything in one folder, runnable there without an SDK.</summary>
internal static class PublishCommand
{
    public static Command Create(Installation installation)
    {
        var output = new Option<string>("-o", "--output") { Description = "Folder to make; 'DIR/argosy up' then runs the store", HelpName = "DIR", Required = true };
        var command = new Command("publish", "Make self-contained binaries of everything, for this platform") { output };
        command.SetAction((result, cancellationToken) => RunAsync(installation, Path.GetFullPath(result.GetRequiredValue(output)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Installation installation, string output, CancellationToken cancellationToken)
    {
        if (installation.IsPublished)
            throw new CliException("this folder is already published: run 'argosy publish' in a checkout");
        await new PublishRun(installation, output, Console.WriteLine).RunAsync(cancellationToken);
        Console.WriteLine($"run it with {Path.Combine(output, "argosy")} up");
        return 0;
    }
}
