using System.CommandLine;
using Argosy.Cli.Publishing;

namespace Argosy.Cli.Commands;

/// <summary><c>argosy publish</c>: everything in one folder, runnable there without an SDK (<c>-o</c>), or as container images (<c>--images</c>).</summary>
internal static class PublishCommand
{
    public static Command Create(Installation installation)
    {
        var output = new Option<string?>("-o", "--output") { Description = "Folder to make; 'DIR/argosy up' then runs the store", HelpName = "DIR" };
        var images = new Option<string?>("--images") { Description = "Folder to put a container image of every service into, for Linux and this processor", HelpName = "DIR" };
        var command = new Command("publish", "Make self-contained binaries of everything, for this platform, or container images") { output, images };
        command.Validators.Add(result =>
        {
            if (result.GetResult(output) is null && result.GetResult(images) is null)
                result.AddError("publish what: -o DIR for a folder that runs anywhere, or --images DIR for container images?");
        });
        command.SetAction(async (result, cancellationToken) =>
        {
            if (installation.IsPublished)
                throw new CliException("this folder is already published: run 'argosy publish' in a checkout");
            if (result.GetValue(output) is { } folder)
                await PublishAsync(installation, Path.GetFullPath(folder), cancellationToken);
            if (result.GetValue(images) is { } imageFolder)
                await new ImageRun(installation, Path.GetFullPath(imageFolder), Console.WriteLine).RunAsync(cancellationToken);
            return 0;
        });
        return command;
    }

    private static async Task PublishAsync(Installation installation, string output, CancellationToken cancellationToken)
    {
        await new PublishRun(installation, output, Console.WriteLine).RunAsync(cancellationToken);
        Console.WriteLine($"run it with {Path.Combine(output, "argosy")} up");
    }
}
