using Argosy.Cli.Building;

namespace Argosy.Cli.Testing;

/// <summary>Programs of the operating system that some tests run against.</summary>
internal static class SystemPackages
{
    private static readonly (string Package, Func<bool> IsThere)[] Needed =
    [
        ("chromium", () => IsOnPath("chromium") || IsOnPath("google-chrome")),
        ("postgresql", () => IsOnPath("postgres") || (Directory.Exists("/usr/lib/postgresql") && Directory.EnumerateFiles("/usr/lib/postgresql", "postgres", SearchOption.AllDirectories).Any())),
    ];

    /// <summary>Installs what is missing where that is possible: Debian, as root.</summary>
    /// <returns>What is still missing, to be told to the user.</returns>
    public static async Task<IReadOnlyList<string>> EnsureAsync(Action<string> say, CancellationToken cancellationToken)
    {
        var missing = Needed.Where(package => !package.IsThere()).Select(package => package.Package).ToList();
        if (missing.Count == 0 || !IsOnPath("apt-get") || Environment.UserName != "root")
            return missing;
        say($"installing {string.Join(", ", missing)}");
        var environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" };
        await ToolRun.RunAsync("apt-get", ["update", "-qq"], "/", _ => { }, cancellationToken, environment);
        var output = new List<string>();
        var exit = await ToolRun.RunAsync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", .. missing], "/", output.Add, cancellationToken, environment);
        if (exit != 0)
            say($"apt-get could not install them:{Environment.NewLine}{string.Join(Environment.NewLine, output.TakeLast(10))}");
        return [.. Needed.Where(package => !package.IsThere()).Select(package => package.Package)];
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
