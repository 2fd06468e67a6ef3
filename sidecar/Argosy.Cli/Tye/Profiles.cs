namespace Argosy.Cli.Tye;

/// <summary>The profiles: folders of Dapr components beside the default one.</summary>
internal static class Profiles
{
    /// <summary>The folder of a profile, the default one when <paramref name="profile"/> is null.</summary>
    /// <exception cref="CliException">There is no such profile; the message lists those there are.</exception>
    public static string Folder(TyeFile tye, string? profile)
    {
        if (profile is null)
            return tye.Dapr.ComponentsPath;
        return All(tye).FirstOrDefault(folder => Path.GetFileName(folder) == profile)
            ?? throw new CliException($"there is no profile '{profile}'; there are {string.Join(", ", All(tye).Select(Path.GetFileName))}");
    }

    /// <summary>Every profile's folder, by name.</summary>
    public static IReadOnlyList<string> All(TyeFile tye) =>
        [.. Directory.GetDirectories(Path.GetDirectoryName(tye.Dapr.ComponentsPath)!).Order(StringComparer.Ordinal)];
}
