namespace Argosy.Cli;

/// <summary>Where Argosy's files are: a checkout, or a folder made by <c>argosy publish</c>.</summary>
internal sealed class Installation(string root, bool isPublished)
{
    public string Root { get; } = root;

    /// <summary>True when the binaries lie beside the components and nothing can be built.</summary>
    public bool IsPublished { get; } = isPublished;

    public string TyeFile => Path.Combine(Root, "tye.yaml");

    public string ComponentsRoot => Path.Combine(Root, "components");

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string WebFolder => Path.Combine(Root, "web");

    public string WebDist => Path.Combine(WebFolder, "dist");

    public string SidecarProject => Path.Combine(Root, "sidecar", "Argosy.Sidecar", "Argosy.Sidecar.csproj");

    public string DefaultDataFolder => Path.Combine(Root, ".argosy");

    /// <summary>The folder above the running program that holds <c>tye.yaml</c>.</summary>
    public static Installation Find() => FindFrom(AppContext.BaseDirectory);

    public static Installation FindFrom(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "tye.yaml")))
                return new Installation(at.FullName, isPublished: !File.Exists(Path.Combine(at.FullName, "Dapr.sln")));
        }
        throw new CliException($"no tye.yaml above {folder}: run argosy from a checkout of Argosy or from a folder made by 'argosy publish'");
    }

    /// <summary>How to start the program of a project file: its published executable, or its built assembly under <c>dotnet</c>.</summary>
    public (string FileName, IReadOnlyList<string> Arguments) Program(string projectFile)
    {
        var name = Path.GetFileNameWithoutExtension(projectFile);
        if (IsPublished)
            return (Path.Combine(Root, "bin", name, OperatingSystem.IsWindows() ? $"{name}.exe" : name), []);
        return (DotnetHost, [Path.Combine(Artifacts, "bin", name, "release", $"{name}.dll")]);
    }

    /// <summary>The <c>dotnet</c> this program itself runs on, so that everything runs on the same one.</summary>
    public static string DotnetHost =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
}
