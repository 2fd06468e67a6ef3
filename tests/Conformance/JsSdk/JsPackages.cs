using Argosy.Testing;
using Xunit;

namespace Argosy.Conformance.JsSdk;

/// <summary>The JavaScript packages of the suite, installed once for each version of the lock file.</summary>
public sealed class JsPackages : IAsyncLifetime
{
    public string Folder { get; } = Path.Combine(Repository.Root, "tests", "Conformance", "JsSdk");

    public async ValueTask InitializeAsync()
    {
        var installed = Path.Combine(Folder, "node_modules", ".package-lock.json");
        var wanted = Path.Combine(Folder, "package-lock.json");
        if (File.Exists(installed) && File.GetLastWriteTimeUtc(installed) >= File.GetLastWriteTimeUtc(wanted))
            return;
        var (exitCode, report) = await NodeProcess.RunAsync(Folder, "ci", [], program: "npm");
        Assert.True(exitCode == 0, report);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
