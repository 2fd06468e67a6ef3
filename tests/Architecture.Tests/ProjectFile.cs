using System.Text.Json;
using System.Xml.Linq;
using Argosy.Testing;

namespace Argosy.Architecture.Tests;

/// <summary>A project of the solution, with what it references.</summary>
public sealed record ProjectFile(string Path)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Relative to the checkout, with forward slashes.</summary>
    public string RelativePath => System.IO.Path.GetRelativePath(Repository.Root, Path).Replace('\\', '/');

    /// <summary>Projects it references, and those they reference, as the restore resolved them.</summary>
    public IReadOnlyList<string> ReferencedProjects { get; } = [.. Resolved(Path, "project")];

    /// <summary>Packages it gets, direct and transitive, as the restore resolved them.</summary>
    public IReadOnlyList<string> Packages { get; } = [.. Resolved(Path, "package")];

    public static IEnumerable<ProjectFile> Under(string folder) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories).Select(path => new ProjectFile(path));

    public XElement Xml => XElement.Load(Path);

    public override string ToString() => Name;

    private static IEnumerable<string> Resolved(string path, string type)
    {
        var assets = System.IO.Path.Combine(Repository.Root, "artifacts", "obj", System.IO.Path.GetFileNameWithoutExtension(path), "project.assets.json");
        using var document = JsonDocument.Parse(File.ReadAllText(assets));
        return [.. document.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == type)
            .Select(library => library.Name.Split('/')[0])];
    }
}
