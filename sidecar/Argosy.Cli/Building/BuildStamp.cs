using System.Security.Cryptography;
using System.Text;

namespace Argosy.Cli.Building;

/// <summary>Tells whether what was built is still what the sources say, without asking the build itself: a mark of every input's path,
/// size and time, kept beside the output.</summary>
internal sealed class BuildStamp(string stampFile, IReadOnlyList<string> inputs)
{
    // Made by builds and tools themselves, so not inputs.
    private static readonly string[] Outputs = ["bin", "obj", "node_modules", "dist", ".vite", "coverage", "test-results"];

    public bool IsCurrent() => File.Exists(stampFile) && File.ReadAllText(stampFile) == Fingerprint();

    /// <summary>Remembers the inputs as built. <paramref name="fingerprint"/> was taken before the build, so that what changed meanwhile is built next time.</summary>
    public void Keep(string fingerprint)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(stampFile)!);
        File.WriteAllText(stampFile, fingerprint);
    }

    /// <summary>The mark of the inputs as they are now.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var file in inputs.SelectMany(Files).OrderBy(file => file.FullName, StringComparer.Ordinal))
            text.Append(file.FullName).Append('|').Append(file.Length).Append('|').Append(file.LastWriteTimeUtc.Ticks).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IEnumerable<FileInfo> Files(string path)
    {
        if (File.Exists(path))
            return [new FileInfo(path)];
        if (!Directory.Exists(path))
            return [];
        var folder = new DirectoryInfo(path);
        return folder.EnumerateFiles().Concat(
            folder.EnumerateDirectories("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None })
                .Where(child => !Outputs.Contains(child.Name))
                .SelectMany(child => Files(child.FullName)));
    }
}
