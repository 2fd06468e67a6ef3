namespace Argosy.Testing;

/// <summary>Places in the checkout the tests run in.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Dapr.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The build output of a project, beside the running test's own and of the same configuration.</summary>
    public static string Output(string project, string file)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return Path.Combine(Root, "artifacts", "bin", project, configuration, file);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dapr.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No Dapr.sln above {AppContext.BaseDirectory}.");
    }
}
