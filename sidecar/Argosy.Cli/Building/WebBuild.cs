namespace Argosy.Cli.Building;

/// <summary>Builds the web app when its sources have changed.</summary>
internal sealed class WebBuild(Installation installation)
{
    private readonly BuildStamp _sources = new(Path.Combine(installation.Artifacts, "web.stamp"), [installation.WebFolder]);

    private readonly BuildStamp _packages = new(
        Path.Combine(installation.WebFolder, "node_modules", ".argosy-stamp"),
        [Path.Combine(installation.WebFolder, "package-lock.json")]);

    public bool Exists => File.Exists(Path.Combine(installation.WebFolder, "package.json"));

    /// <exception cref="CliException">The build failed; the message has npm's last lines.</exception>
    public async Task RunIfNeededAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        if (!Exists || (File.Exists(Path.Combine(installation.WebDist, "index.html")) && _sources.IsCurrent()))
            return;
        await InstallPackagesAsync(progress, cancellationToken);
        progress("building the web app");
        var fingerprint = _sources.Fingerprint();
        await NpmAsync(["run", "build"], cancellationToken);
        _sources.Keep(fingerprint);
        progress("built the web app");
    }

    /// <summary>Installs exactly the lock file's packages, when they are not there yet.</summary>
    public async Task InstallPackagesAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        await Prerequisites.RequireNodeAsync(installation.WebFolder, cancellationToken);
        if (_packages.IsCurrent())
            return;
        progress("installing the web app's packages");
        await NpmAsync(["ci", "--no-audit", "--no-fund", "--loglevel=error"], cancellationToken);
        _packages.Keep(_packages.Fingerprint());
    }

    private async Task NpmAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var last = new Queue<string>();
        var exit = await ToolRun.RunAsync(Npm, arguments, installation.WebFolder, line => Keep(last, line), cancellationToken);
        if (exit != 0)
            throw new CliException($"'npm {string.Join(' ', arguments)}' in {installation.WebFolder} failed:{Environment.NewLine}{string.Join(Environment.NewLine, last)}");
    }

    public static string Npm => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    private static void Keep(Queue<string> lines, string line)
    {
        lines.Enqueue(line);
        if (lines.Count > 40)
            lines.Dequeue();
    }
}
