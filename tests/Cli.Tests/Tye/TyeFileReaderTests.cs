using Argosy.Cli.Tye;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Tye;

public sealed class TyeFileReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TheRepositorysOwnFile_NamesEveryServiceWithItsProject()
    {
        var tye = TyeFileReader.Require(new Installation(Repository.Root, isPublished: false));

        Assert.Contains(tye.Services, service => service.Name == "gateway" && service.PinnedPort == 8080);
        Assert.Contains(tye.Services, service => service.Name == "ordering");
        Assert.All(tye.Services, service => Assert.True(File.Exists(service.Project), service.Project));
        Assert.Equal("embedded", Path.GetFileName(tye.Dapr.ComponentsPath));
    }

    [Fact]
    public void Read_ReplicasBindingsAndEnvironment_AreTaken()
    {
        var tye = Read("""
            - name: shop
              project: shop.csproj
              replicas: 3
              bindings:
              - protocol: http
              env:
              - name: COLOUR
                value: red
            """, out var problems);

        Assert.Empty(problems);
        var service = Assert.Single(tye!.Services);
        Assert.Equal(3, service.Replicas);
        Assert.Null(service.PinnedPort);
        Assert.Equal("red", service.Environment["COLOUR"]);
    }

    [Fact]
    public void Read_ManyMistakes_ReportsAllWithTheirLines()
    {
        var tye = Read("""
            - name: shop
              project: shop.csproj
              replica: 2
            - name: shop
              project: nowhere.csproj
            - project: shop.csproj
              bindings:
              - port: 70000
            - name: twin
              project: shop.csproj
              replicas: 2
              bindings:
              - port: 9000
            """, out var problems);

        Assert.Null(tye);
        var path = _folder.File("tye.yaml");
        Assert.Equal(
            [
                $"{path}:8: a service has the unknown key 'replica'; known are name, project, replicas, bindings, env",
                $"{path}:10: 'project' names 'nowhere.csproj', which does not exist",
                $"{path}:11: a service needs 'name'",
                $"{path}:13: 'port' is '70000', expected a number from 1 to 65535",
                $"{path}:14: service 'twin' has 2 replicas, which cannot share a pinned port",
            ],
            problems.OrderBy(problem => problem.Location.Line).Select(problem => problem.Message));
    }

    [Theory]
    [InlineData("- { name: a, project: shop.csproj }\n- { name: a, project: shop.csproj }", 7, "service 'a' is listed twice")]
    [InlineData("- { name: a, project: shop.csproj, bindings: [{ port: 90 }] }\n- { name: b, project: shop.csproj, bindings: [{ port: 90 }] }", 7, "service 'b' pins port 90, which 'a' has")]
    [InlineData("- { name: a, project: shop.csproj, bindings: [{ protocol: grpc }] }", 6, "protocol 'grpc' is not supported")]
    [InlineData("- { name: a, project: shop.csproj, env: [{ name: X }] }", 6, "an environment variable needs 'name' and 'value'")]
    [InlineData("  []", 6, "'services' must list at least one service")]
    public void Read_Mistake_IsNamedAtItsLine(string services, int line, string reason)
    {
        Read(services, out var problems);

        var problem = Assert.Single(problems);
        Assert.Equal(line, problem.Location.Line);
        Assert.StartsWith(reason, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotYaml_NamesTheLine()
    {
        _folder.Write("tye.yaml", "name: x\nservices: [");

        Assert.Null(TyeFileReader.Read(Installation, out var problems));
        Assert.InRange(Assert.Single(problems).Location.Line, 2, 3);
    }

    [Fact]
    public void Require_MissingFile_SaysSo()
    {
        var error = Assert.Throws<CliException>(() => TyeFileReader.Require(Installation));

        Assert.Contains("tye.yaml", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_UnknownProfile_ListsTheOnesThereAre()
    {
        var tye = Read("- { name: a, project: shop.csproj }", out _)!;
        Directory.CreateDirectory(_folder.File("components/redis"));

        var error = Assert.Throws<CliException>(() => Profiles.Folder(tye, "kafka"));

        Assert.Equal("there is no profile 'kafka'; there are embedded, redis", error.Message);
        Assert.Equal(_folder.File("components/redis"), Profiles.Folder(tye, "redis"));
        Assert.Equal(_folder.File("components/embedded"), Profiles.Folder(tye, null));
    }

    private Installation Installation => new(_folder.Path, isPublished: false);

    [Fact]
    public void Read_Published_NeedsNoProjects()
    {
        Read("- { name: a, project: gone.csproj }", out _);

        Assert.NotNull(TyeFileReader.Read(new Installation(_folder.Path, isPublished: true), out _));
    }

    /// <summary>Services stand from line 6 on.</summary>
    private TyeFile? Read(string services, out IReadOnlyList<Argosy.Sidecar.Resources.ResourceException> problems)
    {
        _folder.Write("shop.csproj", "");
        Directory.CreateDirectory(_folder.File("components/embedded"));
        _folder.Write("tye.yaml", $"name: test\nextensions:\n- name: dapr\n  components-path: components/embedded\nservices:\n{services}\n");
        return TyeFileReader.Read(Installation, out problems);
    }
}
