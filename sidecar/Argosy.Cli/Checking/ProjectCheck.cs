using Argosy.Cli.Tye;
using Argosy.Sidecar.Resources;

namespace Argosy.Cli.Checking;

/// <summary>Checks everything that is configuration rather than code, and reports all of it at once.</summary>
internal static class ProjectCheck
{
    /// <param name="profile">Only this profile; null is all of them.</param>
    public static CheckReport Run(Installation installation, string? profile)
    {
        var errors = new ResourceErrors();
        var notices = new ResourceErrors();
        if (TyeFileReader.Read(installation, out var problems) is not { } tye)
            return new CheckReport(problems, []);
        var folders = profile is null ? Profiles.All(tye) : [Profiles.Folder(tye, profile)];
        var names = folders.ToDictionary(folder => folder, folder => new ProfileCheck(tye, folder, errors, notices).Run());
        CheckSameNames(tye, names, errors);
        if (profile is null)
            ManifestCheck.Run(Path.Combine(installation.Root, "k8s"), errors);
        return CheckReport.Of(errors, notices);
    }

    /// <summary>Services know components and HTTPEndpoints by name, so a profile that lacks one, or names it otherwise, cannot take another's place.</summary>
    private static void CheckSameNames(TyeFile tye, Dictionary<string, IReadOnlyDictionary<string, SourceLocation>> profiles, ResourceErrors errors)
    {
        var standard = profiles.TryGetValue(tye.Dapr.ComponentsPath, out var read)
            ? read
            : new ProfileCheck(tye, tye.Dapr.ComponentsPath, new ResourceErrors(), new ResourceErrors()).Run();
        var standardName = Path.GetFileName(tye.Dapr.ComponentsPath);
        foreach (var (folder, named) in profiles)
        {
            foreach (var missing in standard.Keys.Except(named.Keys))
                errors.Add(new SourceLocation(folder, 1), $"profile '{Path.GetFileName(folder)}' has no {missing}, which profile '{standardName}' has at {standard[missing]}");
            foreach (var extra in named.Keys.Except(standard.Keys))
                errors.Add(named[extra], $"{extra} is not in profile '{standardName}': every profile defines the same names");
        }
    }
}
