using Argosy.Cli.Publishing;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Publishing;

public sealed class SharedFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Link_SameFilesInSeveralFolders_BecomeOneAndOthersStay()
    {
        _folder.Write("a/runtime.dll", "same");
        _folder.Write("b/runtime.dll", "same");
        _folder.Write("c/runtime.dll", "diff");
        _folder.Write("a/other.dll", "same");

        Assert.Equal(4, SharedFiles.Link(_folder.Path));

        // Writing through one name shows which names are the same file.
        File.WriteAllText(_folder.File("a/runtime.dll"), "new!");
        Assert.Equal("new!", File.ReadAllText(_folder.File("b/runtime.dll")));
        Assert.Equal("diff", File.ReadAllText(_folder.File("c/runtime.dll")));
        Assert.Equal("same", File.ReadAllText(_folder.File("a/other.dll")));
    }
}
