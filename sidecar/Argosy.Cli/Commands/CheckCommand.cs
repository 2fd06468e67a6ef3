using System.CommandLine;
using Argosy.Cli.Checking;
using Argosy.Cli.Tye;
using Argosy.Sidecar.Resources;

namespace Argosy.Cli.Commands;

/// <summary><c>argosy check</c>: every mistake in components, subscriptions, configuration and <c>tye.yaml</c>, with file and line.</summary>
internal static class CheckCommand
{
    public static Command Create(Installation installation)
    {
        var profile = new Option<string?>("--profile") { Description = "Only this component folder (default: every profile)", HelpName = "P" };
        var command = new Command("check", "Validate components, subscriptions, configuration and tye.yaml") { profile };
        command.SetAction(result => Run(installation, result.GetValue(profile)));
        return command;
    }

    private static int Run(Installation installation, string? profile)
    {
        var report = ProjectCheck.Run(installation, profile);
        foreach (var error in report.Errors)
            Console.Error.WriteLine($"{Place(error)}: {error.Reason}");
        if (report.Errors.Count > 0)
            return 1;
        foreach (var notice in report.Notices)
            Console.WriteLine($"{Place(notice)}: note: {notice.Reason}");
        var tye = TyeFileReader.Require(installation);
        var profiles = profile ?? string.Join(", ", Profiles.All(tye).Select(Path.GetFileName));
        Console.WriteLine($"{tye.Services.Count} services, profiles {profiles}: nothing to complain about");
        return 0;
    }

    private static string Place(ResourceException found) => $"{Path.GetRelativePath(Environment.CurrentDirectory, found.Location.File)}:{found.Location.Line}";
}
