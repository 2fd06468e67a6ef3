using System.Text.RegularExpressions;
using Argosy.Testing;
using Xunit;

namespace Argosy.Architecture.Tests;

public sealed partial class SolutionTests
{
    [Fact]
    public void Solution_ListsEveryProject()
    {
        var listed = ProjectLine().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Dapr.sln")))
            .Select(match => match.Groups[1].Value.Replace('\\', '/')).ToHashSet();
        var present = new[] { "services", "sidecar", "tests" }.SelectMany(ProjectFile.Under).Select(project => project.RelativePath);
        Assert.All(present, project => Assert.Contains(project, listed));
    }

    [Fact]
    public void Packages_HaveTheirVersionInOnePlace() =>
        Assert.All(new[] { "services", "sidecar", "tests" }.SelectMany(ProjectFile.Under), project =>
            Assert.DoesNotContain(project.Xml.Descendants("PackageReference"), reference => reference.Attribute("Version") is not null));

    [Fact]
    public void Packages_HaveExactVersions()
    {
        var versions = System.Xml.Linq.XElement.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion").Select(package => (string)package.Attribute("Version")!).ToList();
        Assert.NotEmpty(versions);
        Assert.All(versions, version => Assert.Matches(ExactVersion(), version));
    }

    [GeneratedRegex("""= "[^"]+", "([^"]+\.csproj)",""")]
    private static partial Regex ProjectLine();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[a-z]+\.\d+)?$")]
    private static partial Regex ExactVersion();
}
