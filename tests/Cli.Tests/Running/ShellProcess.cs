using System.Diagnostics;
using Argosy.Cli.Running;

namespace Argosy.Cli.Tests.Running;

/// <summary>Small processes for tests of supervision; whatever a test leaves is ended with the fixture.</summary>
internal sealed class ShellProcess : IDisposable
{
    private readonly Process _process;

    public ShellProcess(string script)
    {
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]))!;
        Identity = ProcessIdentity.Of(_process.Id)!;
    }

    public ProcessIdentity Identity { get; }

    public static ProcessSpec Spec(string folder, string script, string service = "dummy") => new(
        service, 1, "/bin/sh", ["-c", script], folder, new Dictionary<string, string> { ["GREETING"] = "ahoy" }, [], null);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
