using Argosy.Sidecar.Resources;

namespace Argosy.Sidecar.Bindings;

/// <summary>The folder of a <c>bindings.localstorage</c> component, and the only files it can name.</summary>
internal sealed class LocalStorageRoot
{
    private static readonly string[] Forbidden = ["/proc", "/sys", "/boot", "/var/run/secrets"];

    private LocalStorageRoot(string path) => Path = path;

    /// <summary>Absolute, without symbolic links.</summary>
    public string Path { get; }

    public static LocalStorageRoot From(ComponentMetadata metadata)
    {
        var text = metadata.Required("rootPath");
        var path = Resolve(System.IO.Path.GetFullPath(text));
        if (File.Exists(path))
            throw metadata.Invalid("rootPath", text, "a folder, not a file");
        if (Array.Exists(Forbidden, folder => IsWithin(folder, path)))
            throw metadata.Invalid("rootPath", text, $"a folder outside {string.Join(", ", Forbidden)}");
        return new LocalStorageRoot(path);
    }

    /// <summary>The file of that name: steps upwards end at the root, and a link that leads out of it is refused.</summary>
    public string Locate(string name)
    {
        var steps = new Stack<string>();
        foreach (var step in name.Split('/', '\\'))
        {
            if (step == "..")
                steps.TryPop(out _);
            else if (step is not ("" or "."))
                steps.Push(step);
        }
        var path = System.IO.Path.Combine([Path, .. steps.Reverse()]);
        return IsWithin(Path, Resolve(path)) ? path : throw new ArgumentException($"{name} leads out of the binding's folder");
    }

    public string Relative(string path) => System.IO.Path.GetRelativePath(Path, path);

    private static bool IsWithin(string folder, string path) =>
        path == folder || path.StartsWith(folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path with every symbolic link followed, whether or not its end exists.</summary>
    private static string Resolve(string path)
    {
        var parent = System.IO.Path.GetDirectoryName(path);
        if (parent is null)
            return path;
        var resolved = System.IO.Path.Combine(Resolve(parent), System.IO.Path.GetFileName(path));
        var file = new FileInfo(resolved);
        return file.LinkTarget is null ? resolved : Resolve(file.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
    }
}
