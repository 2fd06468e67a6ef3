using System.Security.Cryptography;
using Argosy.Sidecar.Hosting;

namespace Argosy.Cli.Publishing;

/// <summary>Every program brings the whole runtime. Files that are the same in several folders become one file with several names: that
/// saves most of the disk, and lets the processes share the pages in memory.</summary>
internal static class SharedFiles
{
    /// <returns>The bytes saved.</returns>
    public static long Link(string folder)
    {
        var saved = 0L;
        var candidates = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .GroupBy(file => (file.Name, file.Length))
            .Where(group => group.Count() > 1);
        foreach (var group in candidates)
        {
            foreach (var same in group.GroupBy(file => Hash(file.FullName)))
            {
                var first = same.First();
                foreach (var copy in same.Skip(1))
                {
                    if (Replace(first.FullName, copy.FullName))
                        saved += copy.Length;
                }
            }
        }
        return saved;
    }

    private static bool Replace(string first, string copy)
    {
        var draft = $"{copy}.link";
        if (!HardLink.TryCreate(first, draft))
            return false;
        File.Move(draft, copy, overwrite: true);
        return true;
    }

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }
}
