using System.Xml.Linq;
using Argosy.Cli.Building;

namespace Argosy.Cli.Publishing;

/// <summary>One msbuild run over several programs: a solution cannot be published for one platform.</summary>
/// <param name="artifacts">Outputs of its own, so that ordinary builds beside it keep theirs.</param>
internal sealed class Traversal(Installation installation, string artifacts)
{
    private const string Common = "Configuration=Release;PublishDocumentationFiles=false;PublishReferencesDocumentationFiles=false";

    public required IReadOnlyList<string> Projects { get; init; }

    /// <summary>The targets of each project, separated by semicolons.</summary>
    public required string Targets { get; init; }

    /// <summary>Build properties of every project.</summary>
    public required string Properties { get; init; }

    /// <summary>Build properties of one project.</summary>
    public required Func<string, string> PropertiesOf { get; init; }

    /// <summary>Told the name of each project that is done.</summary>
    public required Action<string> Done { get; init; }

    /// <param name="output">The folder that a done project's line names.</param>
    /// <exception cref="CliException">A project failed; the message has the errors.</exception>
    public async Task RunAsync(string output, CancellationToken cancellationToken)
    {
        var file = Path.Combine(artifacts, "publish.proj");
        Directory.CreateDirectory(artifacts);
        Document().Save(file);
        var complaints = new List<string>();
        var exit = await ToolRun.RunAsync(
            Installation.DotnetHost,
            ["msbuild", file, "-t:Publish", "-m", "-nologo", "-v:minimal", "-tl:off", $"-p:ArtifactsPath={artifacts}"],
            installation.Root,
            line =>
            {
                if (line.Contains(" -> ", StringComparison.Ordinal) && line.Contains(output, StringComparison.Ordinal))
                    Done(line[..line.IndexOf(" -> ", StringComparison.Ordinal)].Trim());
                // The frames of a stack trace come as errors of their own.
                else if (line.Contains("error ", StringComparison.Ordinal) && !line.Contains(":    at ", StringComparison.Ordinal))
                    complaints.Add(line.Trim());
            },
            cancellationToken);
        if (exit != 0)
            throw new CliException($"publishing failed:{Environment.NewLine}{string.Join(Environment.NewLine, complaints.Distinct().Take(20))}");
    }

    private XDocument Document() =>
        new(new XElement("Project",
            new XElement("ItemGroup", Projects.Select(project => new XElement("Program",
                new XAttribute("Include", project), new XAttribute("AdditionalProperties", PropertiesOf(project))))),
            new XElement("Target", new XAttribute("Name", "Publish"),
                // A restore of its own session: what it writes is only seen by projects that are read anew.
                Run("Restore", "MSBuildRestoreSessionId=argosy"),
                Run(Targets, "", new XAttribute("BuildInParallel", "true")))));

    private XElement Run(string targets, string more, params XAttribute[] attributes) =>
        new("MSBuild", new XAttribute("Projects", "@(Program)"), new XAttribute("Targets", targets), new XAttribute("Properties", $"{Common};{Properties};{more}".TrimEnd(';')), attributes);
}
