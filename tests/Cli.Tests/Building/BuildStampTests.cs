using Argosy.Cli.Building;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Building;

public sealed class BuildStampTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly BuildStamp _stamp;

    public BuildStampTests()
    {
        _folder.Write("src/a.cs", "a");
        _folder.Write("src/deep/b.cs", "b");
        _folder.Write("props", "p");
        _stamp = new BuildStamp(_folder.File("out/stamp"), [_folder.File("src"), _folder.File("props"), _folder.File("missing")]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void IsCurrent_NeverBuilt_IsFalse() => Assert.False(_stamp.IsCurrent());

    [Fact]
    public void IsCurrent_NothingChanged_IsTrue()
    {
        _stamp.Keep(_stamp.Fingerprint());

        Assert.True(_stamp.IsCurrent());
    }

    [Theory]
    [InlineData("src/deep/b.cs")]
    [InlineData("src/new.cs")]
    [InlineData("props")]
    [InlineData("missing")]
    public void IsCurrent_InputChangedOrAdded_IsFalse(string file)
    {
        _stamp.Keep(_stamp.Fingerprint());

        _folder.Write(file, "changed");

        Assert.False(_stamp.IsCurrent());
    }

    [Fact]
    public void IsCurrent_InputRemoved_IsFalse()
    {
        _stamp.Keep(_stamp.Fingerprint());

        File.Delete(_folder.File("src/a.cs"));

        Assert.False(_stamp.IsCurrent());
    }

    [Theory]
    [InlineData("src/node_modules/x.js")]
    [InlineData("src/dist/index.html")]
    [InlineData("src/obj/x.cs")]
    public void IsCurrent_OutputWritten_StaysTrue(string file)
    {
        _stamp.Keep(_stamp.Fingerprint());

        _folder.Write(file, "made");

        Assert.True(_stamp.IsCurrent());
    }
}
