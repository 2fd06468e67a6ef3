using System.Diagnostics;
using Argosy.Cli.Running;
using Argosy.Sidecar.Hosting;
using Argosy.Testing;

namespace Argosy.Cli.Tests;

/// <summary>A published folder with the real <c>argosy</c> and small stand-ins for sidecar and services, so that what <c>up</c> does with
/// processes is seen in seconds. The stand-ins are scripts; the gateway answers like a store with one product.</summary>
public sealed class FakeInstallation : IDisposable
{
    private const string Idle = "#!/bin/sh\nexec sleep 1000\n";

    private const string Gateway = """
        #!/usr/bin/env node
        require('http').createServer((request, answer) => answer.end('{"items":[{"slug":"a","variants":[{"sku":"A-1"}]}],"total":1}')).listen(process.env.APP_PORT, '127.0.0.1');
        """;

    private readonly TempFolder _folder = new();

    public FakeInstallation()
    {
        Program("Argosy.Sidecar", Idle);
        Program("Argosy.Gateway", Gateway);
        Program("Argosy.Catalog", Idle);
        _folder.Write("tye.yaml", """
            extensions:
            - name: dapr
              components-path: components/embedded
            services:
            - name: gateway
              project: services/Gateway/Argosy.Gateway.csproj
            - name: catalog
              project: services/Catalog/Argosy.Catalog.csproj
              replicas: 2
            """);
        Component("embedded", "state.in-memory");
        Copy(Path.GetDirectoryName(Repository.Output("Argosy.Cli", "argosy.dll"))!, _folder.File("bin/Argosy.Cli"));
    }

    public string Data => _folder.File("data");

    internal InstanceState? State => InstanceState.Read(new DataFolder(Data));

    /// <summary>The supervised processes that run now.</summary>
    internal IReadOnlyList<ProcessIdentity> Running => State is { } state ? [.. state.Processes.Select(process => process.Process).OfType<ProcessIdentity>()] : [];

    public void Program(string name, string script)
    {
        var path = _folder.Write($"bin/{name}/{name}", script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Gives a profile its state store.</summary>
    public void Component(string profile, string type, string? metadata = null) =>
        _folder.Write($"components/{profile}/statestore.yaml",
            $"apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: statestore\nspec:\n  type: {type}\n  version: v1\n"
            + (metadata is null ? "" : $"  metadata:\n  - name: {metadata}\n    value: x\n"));

    /// <summary>Starts <c>argosy</c> and leaves it running.</summary>
    public Process Launch(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [_folder.File("bin/Argosy.Cli/argosy.dll"), .. arguments, "--data", Data])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    /// <summary>Runs <c>argosy</c> to its end.</summary>
    public async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Launch(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    public void Dispose()
    {
        using (var down = Launch("down"))
            down.WaitForExit();
        _folder.Dispose();
    }

    private static void Copy(string from, string to)
    {
        // The other platforms' native libraries are most of it.
        var files = Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}runtimes{Path.DirectorySeparatorChar}"));
        foreach (var file in files)
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (!HardLink.TryCreate(file, target))
                File.Copy(file, target);
        }
    }
}
