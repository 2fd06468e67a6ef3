using System.Runtime.InteropServices;
using System.Xml.Linq;
using Argosy.Cli.Building;
using Argosy.Cli.Tye;

namespace Argosy.Cli.Publishing;

/// <summary>Makes a folder that runs without an SDK or a runtime installed: every program self-contained, with the files that they read.</summary>
internal sealed class PublishRun(Installation installation, string output, Action<string> say)
{
    private const string CliProject = "sidecar/Argosy.Cli/Argosy.Cli.csproj";
    private static readonly string[] Files = ["tye.yaml", "argosy", "argosy.cmd", "LICENSE"];

    // Outputs of its own, so that ordinary builds beside it keep theirs.
    private readonly string _artifacts = Path.Combine(installation.Artifacts, "publish");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        RefuseForeignFolder();
        var tye = TyeFileReader.Require(installation);
        await Prerequisites.RequireDotnetSdkAsync(installation.Root, cancellationToken);
        await new WebBuild(installation).RunIfNeededAsync(say, cancellationToken);
        if (Directory.Exists(output))
            Directory.Delete(output, recursive: true);
        Directory.CreateDirectory(output);
        await PublishProgramsAsync([.. tye.Services.Select(service => service.Project), installation.SidecarProject, Path.Combine(installation.Root, CliProject)], cancellationToken);
        foreach (var file in Files)
            File.Copy(Path.Combine(installation.Root, file), Path.Combine(output, file));
        Copy(Path.GetDirectoryName(tye.Dapr.ComponentsPath)!);
        Copy(Path.Combine(installation.Root, "dapr-config"));
        if (Directory.Exists(installation.WebDist))
            Copy(installation.WebDist);
        say($"shared {SharedFiles.Link(Path.Combine(output, "bin")) / (1024 * 1024)} MiB of files that several programs have");
    }

    /// <summary>Only a folder that is empty, or was made by an earlier publish, is replaced.</summary>
    private void RefuseForeignFolder()
    {
        if (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any() && !Directory.Exists(Path.Combine(output, "bin", "Argosy.Cli")))
            throw new CliException($"{output} holds other files: name a new folder with -o, or empty that one");
        if (File.Exists(Path.Combine(output, "Dapr.sln")))
            throw new CliException($"{output} is a checkout: name another folder with -o");
    }

    private async Task PublishProgramsAsync(string[] projects, CancellationToken cancellationToken)
    {
        var traversal = Path.Combine(_artifacts, "publish.proj");
        Directory.CreateDirectory(_artifacts);
        Traversal(projects).Save(traversal);
        var complaints = new List<string>();
        var exit = await ToolRun.RunAsync(
            Installation.DotnetHost,
            ["msbuild", traversal, "-t:Publish", "-m", "-nologo", "-v:minimal", "-tl:off", $"-p:ArtifactsPath={_artifacts}"],
            installation.Root,
            line =>
            {
                if (line.Contains(" -> ", StringComparison.Ordinal) && line.Contains(output, StringComparison.Ordinal))
                    say($"published {line[..line.IndexOf(" -> ", StringComparison.Ordinal)].Trim()}");
                else if (line.Contains("error ", StringComparison.Ordinal))
                    complaints.Add(line.Trim());
            },
            cancellationToken);
        if (exit != 0)
            throw new CliException($"publishing failed:{Environment.NewLine}{string.Join(Environment.NewLine, complaints.Distinct().Take(20))}");
    }

    /// <summary>One msbuild run for all programs: a solution cannot be published for one platform.</summary>
    private XDocument Traversal(string[] projects)
    {
        const string Properties = "Configuration=Release;SelfContained=true;PublishDocumentationFiles=false;PublishReferencesDocumentationFiles=false;RuntimeIdentifier=";
        var platform = Properties + RuntimeInformation.RuntimeIdentifier;
        return new XDocument(new XElement("Project",
            new XElement("ItemGroup", projects.Select(project => new XElement("Program",
                new XAttribute("Include", project),
                new XAttribute("AdditionalProperties", $"PublishDir={Path.Combine(output, "bin", Path.GetFileNameWithoutExtension(project))}/")))),
            new XElement("Target", new XAttribute("Name", "Publish"),
                // A restore of its own session: what it writes is only seen by projects that are read anew.
                new XElement("MSBuild", new XAttribute("Projects", "@(Program)"), new XAttribute("Targets", "Restore"), new XAttribute("Properties", $"{platform};MSBuildRestoreSessionId=argosy")),
                new XElement("MSBuild", new XAttribute("Projects", "@(Program)"), new XAttribute("Targets", "Publish"), new XAttribute("Properties", platform), new XAttribute("BuildInParallel", "true")))));
    }

    private void Copy(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(output, Path.GetRelativePath(installation.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
