using System.Runtime.InteropServices;
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

    private Task PublishProgramsAsync(string[] projects, CancellationToken cancellationToken) =>
        new Traversal(installation, _artifacts)
        {
            Projects = projects,
            Targets = "Publish",
            Properties = $"SelfContained=true;RuntimeIdentifier={RuntimeInformation.RuntimeIdentifier}",
            PropertiesOf = project => $"PublishDir={Path.Combine(output, "bin", Path.GetFileNameWithoutExtension(project))}/",
            Done = project => say($"published {project}"),
        }.RunAsync(output, cancellationToken);

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
