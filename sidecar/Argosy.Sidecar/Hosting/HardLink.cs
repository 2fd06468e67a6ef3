using System.Runtime.InteropServices;

namespace Argosy.Sidecar.Hosting;

/// <summary>Makes two paths one file.</summary>
internal static partial class HardLink
{
    /// <returns>False where the file system has no hard links.</returns>
    public static bool TryCreate(string existing, string path) =>
        OperatingSystem.IsWindows() ? CreateHardLink(path, existing, 0) : Link(existing, path) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string path, string existing, nint security);
}
