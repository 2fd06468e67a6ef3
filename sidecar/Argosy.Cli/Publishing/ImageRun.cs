using System.Runtime.InteropServices;
using Argosy.Cli.Building;
using Argosy.Cli.Tye;

namespace Argosy.Cli.Publishing;

/// <summary>Makes a container image of every service, as archives that container engines and clusters load. How an image looks is in
/// <c>services/Directory.Build.props</c>; the SDK builds it without a container engine, and fetches the base image itself.</summary>
internal sealed class ImageRun(Installation installation, string output, Action<string> say)
{
    private readonly string _artifacts = Path.Combine(installation.Artifacts, "images");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var tye = TyeFileReader.Require(installation);
        await Prerequisites.RequireDotnetSdkAsync(installation.Root, cancellationToken);
        await new WebBuild(installation).RunIfNeededAsync(say, cancellationToken);
        Directory.CreateDirectory(output);
        var programs = Path.Combine(_artifacts, "programs");
        // An image holds all that lies in its folder, also what an earlier version left there.
        if (Directory.Exists(programs))
            Directory.Delete(programs, recursive: true);
        await new Traversal(installation, _artifacts)
        {
            Projects = [.. tye.Services.Select(service => service.Project)],
            Targets = "Publish;PublishContainer",
            Properties = $"SelfContained=false;RuntimeIdentifier=linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}",
            PropertiesOf = project => string.Join(';',
                $"PublishDir={Path.Combine(programs, Path.GetFileNameWithoutExtension(project))}/",
                $"ContainerArchiveOutputPath={Path.Combine(output, $"{Name(tye, project)}.tar")}"),
            Done = project => say($"published {project}"),
        }.RunAsync(programs, cancellationToken);
    }

    private static string Name(TyeFile tye, string project) => tye.Services.First(service => service.Project == project).Name;
}
