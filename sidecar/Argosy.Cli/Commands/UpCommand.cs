using System.CommandLine;
using Argosy.Cli.Building;
using Argosy.Cli.Checking;
using Argosy.Cli.Display;
using Argosy.Cli.Running;
using Argosy.Cli.Tye;
using Argosy.Sidecar.Resources;
using Spectre.Console;

namespace Argosy.Cli.Commands;

/// <summary><c>argosy up</c>: builds what is out of date, and runs everything until told to stop.</summary>
internal static class UpCommand
{
    public static Command Create(Installation installation)
    {
        var profile = new Option<string?>("--profile") { Description = "Component folder under components/ (default: what tye.yaml names)", HelpName = "P" };
        var port = new Option<int?>("--port") { Description = "Port of the gateway; 0 is any free one (default: what tye.yaml pins)", HelpName = "N" };
        var detach = new Option<bool>("--detach") { Description = "Run in the background; returns when the store answers" };
        var sidecar = new Option<string>("--sidecar") { Description = "Which Dapr sidecar the services get", DefaultValueFactory = _ => "argosy" };
        sidecar.AcceptOnlyFromAmong("argosy");
        var background = new Option<bool>(DetachedUp.BackgroundOption) { Hidden = true };
        var data = new DataOption(installation);
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number is < 0 or > 65535))
                result.AddError($"--port {token.Value}: a port is a number from 0 to 65535");
        });
        var command = new Command("up", "Build what is out of date and run the store") { profile, port, data, detach, sidecar, background };
        command.SetAction((result, cancellationToken) =>
        {
            var settings = new UpSettings(data.Folder(result), result.GetValue(profile), result.GetValue(port));
            return result.GetValue(background) ? DetachedUp.SuperviseAsync(installation, settings, cancellationToken)
                : result.GetValue(detach) ? DetachedUp.StartAsync(installation, settings, Display(settings), cancellationToken)
                : RunAsync(installation, settings, Display(settings), cancellationToken);
        });
        return command;
    }

    /// <summary>Brings everything that <paramref name="tye"/> names up to date.</summary>
    public static async Task BuildAsync(Installation installation, TyeFile tye, Action<string> progress, CancellationToken cancellationToken)
    {
        if (installation.IsPublished)
            return;
        await new SolutionBuild(installation, tye).RunIfNeededAsync(progress, cancellationToken);
        await new WebBuild(installation).RunIfNeededAsync(progress, cancellationToken);
    }

    /// <exception cref="CliException">The topology or the profile's YAML is wrong; the message lists every mistake.</exception>
    public static TyeFile RequireSound(Installation installation, UpSettings settings)
    {
        var tye = TyeFileReader.Require(installation);
        var profile = settings.Profile ?? Path.GetFileName(tye.Dapr.ComponentsPath);
        var report = ProjectCheck.Run(installation, profile);
        if (report.Errors.Count > 0)
            throw new CliException(List("nothing was started, because of", report.Errors));
        // Started anyway, each service would wait for components that never come.
        if (report.Notices.Count > 0)
            throw new CliException(List($"nothing was started: profile '{profile}' runs on Kubernetes (docs/deploying.md), not here, because of", report.Notices));
        return tye;
    }

    private static string List(string heading, IReadOnlyList<ResourceException> found) =>
        string.Join(Environment.NewLine, found.Select(each => each.Message).Prepend(heading));

    private static async Task<int> RunAsync(Installation installation, UpSettings settings, IUpDisplay display, CancellationToken stop)
    {
        using var instanceLock = InstanceLock.Take(settings.Folder);
        var tye = RequireSound(installation, settings);
        await display.PrepareAsync(progress => BuildAsync(installation, tye, progress, stop));
        await using var instance = await PrepareAsync(installation, settings, tye);
        instance.Start();
        await display.WatchAsync(observe => instance.WatchAsync(observe, stop));
        await instance.StopAsync();
        return 0;
    }

    /// <summary>Everything up to the start itself; needs the instance lock.</summary>
    public static async Task<Instance> PrepareAsync(Installation installation, UpSettings settings, TyeFile tye)
    {
        var components = Profiles.Folder(tye, settings.Profile);
        await Leftovers.EndAsync(settings.Folder);
        LocalSecrets.Ensure(settings.Folder.SecretsFile);
        var plan = InstancePlan.Make(tye, installation, settings.Folder, components, settings.Port);
        return new Instance(settings.Folder, plan, Path.GetFileName(components));
    }

    private static IUpDisplay Display(UpSettings settings) =>
        Console.IsOutputRedirected ? new PlainDisplay(Console.Out) : new TableDisplay(AnsiConsole.Console, settings.Folder.Logs);
}

/// <summary>What the user asked <c>up</c> for.</summary>
internal sealed record UpSettings(DataFolder Folder, string? Profile, int? Port);
