using System.Xml.Linq;

namespace Argosy.Cli.Testing;

/// <summary>A test executable of the solution.</summary>
/// <param name="RunsAlone">Set by <c>&lt;RunsAlone&gt;true&lt;/RunsAlone&gt;</c> in the project: it starts so much, or measures time, that another suite beside it would disturb.</param>
internal sealed record TestSuite(string Name, string Executable, bool RunsAlone)
{
    /// <summary>The suites of the solution: its projects under <c>tests/</c> that are executables of xunit (others are programs that tests start).</summary>
    public static IReadOnlyList<TestSuite> Find(Installation installation)
    {
        var suites = new List<TestSuite>();
        foreach (var line in File.ReadLines(Path.Combine(installation.Root, "Dapr.sln")))
        {
            if (line.Split('"') is not [_, _, _, _, _, var path, ..] || !path.StartsWith("tests", StringComparison.Ordinal) || !path.EndsWith(".csproj", StringComparison.Ordinal))
                continue;
            var file = Path.Combine(installation.Root, path.Replace('\\', Path.DirectorySeparatorChar));
            var project = XDocument.Load(file);
            if (Property(project, "OutputType") != "Exe" || !project.Descendants("PackageReference").Any(package => (string?)package.Attribute("Include") == "xunit.v3"))
                continue;
            var name = Path.GetFileNameWithoutExtension(file);
            var executable = Path.Combine(installation.Artifacts, "bin", name, "release", OperatingSystem.IsWindows() ? $"{name}.exe" : name);
            suites.Add(new TestSuite(name, executable, Property(project, "RunsAlone") == "true"));
        }
        return suites;
    }

    private static string? Property(XDocument project, string name) => project.Descendants(name).LastOrDefault()?.Value.Trim();
}
