using System.Text.Json;
using Argosy.Cli.Tye;

namespace Argosy.Cli.Building;

/// <summary>Builds the sidecar and the services of <c>tye.yaml</c> when their sources have changed.</summary>
internal sealed class SolutionBuild(Installation installation, TyeFile tye)
{
    private readonly BuildStamp _stamp = new(
        Path.Combine(installation.Artifacts, "up.stamp"),
        [.. new[] { "services", "sidecar/Argosy.Sidecar", "sidecar/Dapr.Workflow", "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "tye.yaml" }
            .Select(name => Path.Combine(installation.Root, name))]);

    /// <param name="progress">Told each project that is done, and how many there are at least.</param>
    /// <exception cref="CliException">The build failed; the message has the compiler's errors.</exception>
    public async Task RunIfNeededAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        if (!_stamp.IsCurrent() || !Projects().All(IsBuilt))
            await BuildAsync(WriteFilter(), progress, cancellationToken);
    }

    /// <summary>Builds the whole solution, tests included, whatever is there already.</summary>
    /// <exception cref="CliException">There was an error or a warning; the message has them.</exception>
    public Task RunWithTestsAsync(Action<string> progress, CancellationToken cancellationToken) =>
        BuildAsync(Path.Combine(installation.Root, "Dapr.sln"), progress, cancellationToken);

    private async Task BuildAsync(string solution, Action<string> progress, CancellationToken cancellationToken)
    {
        await Prerequisites.RequireDotnetSdkAsync(installation.Root, cancellationToken);
        var fingerprint = _stamp.Fingerprint();
        var complaints = new List<string>();
        var exit = await ToolRun.RunAsync(
            Installation.DotnetHost,
            ["build", solution, "-c", "Release", "--nologo", "-v", "minimal", "-tl:off", "-clp:NoSummary"],
            installation.Root,
            line => Read(line, progress, complaints),
            cancellationToken);
        if (exit != 0 || complaints.Count > 0)
            throw new CliException($"the build failed:{Environment.NewLine}{string.Join(Environment.NewLine, complaints.Distinct().Take(40))}");
        _stamp.Keep(fingerprint);
    }

    private static void Read(string line, Action<string> progress, List<string> complaints)
    {
        if (line.Contains(" -> ", StringComparison.Ordinal))
            progress($"built {line[..line.IndexOf(" -> ", StringComparison.Ordinal)].Trim()}");
        else if (line.Contains("Restored ", StringComparison.Ordinal))
            progress("restored packages");
        else if (line.Contains("error ", StringComparison.Ordinal) || line.Contains("warning ", StringComparison.Ordinal))
            complaints.Add(line.Trim());
    }

    private IEnumerable<string> Projects() => tye.Services.Select(service => service.Project).Prepend(installation.SidecarProject);

    private bool IsBuilt(string project) => File.Exists(installation.Program(project).Arguments[0]);

    /// <summary>One build call for exactly these projects, through a solution filter: msbuild then builds what they share once.</summary>
    private string WriteFilter()
    {
        var path = Path.Combine(installation.Artifacts, "up.slnf");
        Directory.CreateDirectory(installation.Artifacts);
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteStartObject("solution");
        json.WriteString("path", "../Dapr.sln");
        json.WriteStartArray("projects");
        foreach (var project in Projects())
            json.WriteStringValue(Path.GetRelativePath(installation.Root, project).Replace('/', '\\'));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        return path;
    }
}
