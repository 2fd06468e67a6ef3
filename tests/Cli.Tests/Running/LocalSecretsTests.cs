using System.Text.Json.Nodes;
using Argosy.Cli.Running;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Running;

public sealed class LocalSecretsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("secrets.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ensure_FirstRun_MakesRandomKeysThatOnlyTheOwnerReads()
    {
        LocalSecrets.Ensure(Path);
        var other = _folder.File("other.json");
        LocalSecrets.Ensure(other);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        var secrets = Read(Path);
        Assert.Equal("sqlite:ordering.db", (string?)secrets["ordering-db"]);
        Assert.Equal(32, Convert.FromBase64String((string)secrets["gateway-cookie-key"]!).Length);
        Assert.NotEqual((string?)secrets["operator-key"], (string?)Read(other)["operator-key"]);
    }

    [Fact]
    public void Ensure_SecretsOfAnEarlierVersion_KeepsThemAndAddsTheNew()
    {
        File.WriteAllText(Path, """{ "operator-key": "mine", "catalog-db": "postgres://db/catalog" }""");

        LocalSecrets.Ensure(Path);

        var secrets = Read(Path);
        Assert.Equal("mine", (string?)secrets["operator-key"]);
        Assert.Equal("postgres://db/catalog", (string?)secrets["catalog-db"]);
        Assert.NotNull(secrets["gateway-cookie-key"]);
    }

    [Fact]
    public void Ensure_NothingMissing_LeavesTheFileUntouched()
    {
        LocalSecrets.Ensure(Path);
        var before = File.GetLastWriteTimeUtc(Path);
        var content = File.ReadAllText(Path);

        LocalSecrets.Ensure(Path);

        Assert.Equal(before, File.GetLastWriteTimeUtc(Path));
        Assert.Equal(content, File.ReadAllText(Path));
    }

    [Fact]
    public void Ensure_BrokenFile_NamesLineAndCureAndKeepsIt()
    {
        File.WriteAllText(Path, "{\n  \"operator-key\": oops\n}");

        var error = Assert.Throws<CliException>(() => LocalSecrets.Ensure(Path));

        Assert.StartsWith($"{Path}:2:", error.Message, StringComparison.Ordinal);
        Assert.Contains("oops", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    private static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();
}
