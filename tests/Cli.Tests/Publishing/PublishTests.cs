using System.Diagnostics;
using Argosy.Cli.Running;
using Argosy.Cli.Tye;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Publishing;

/// <summary>The one test that publishes: it takes a minute or two.</summary>
public sealed class PublishTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Published => _folder.File("argosy");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Publish_OnAMachineWithoutDotnet_RunsTheStore()
    {
        await RunAsync("dotnet", [Repository.Output("Argosy.Cli", "argosy.dll"), "publish", "-o", Published]);
        Assert.Equal(Profiles(Repository.Root), Profiles(Published));

        var argosy = Path.Combine(Published, "argosy");
        string[] data = ["--data", _folder.File("data")];
        try
        {
            await RunAsync(argosy, ["check"]);
            await RunAsync(argosy, ["up", "--detach", "--port", "0", .. data]);
            var state = InstanceState.Read(new DataFolder(_folder.File("data")))!;
            Assert.Equal(InstancePhase.Ready, state.Phase);
            var services = TyeFileReader.Require(new Installation(Repository.Root, isPublished: false)).Services.Select(service => service.Name);
            Assert.Equal(services.Append("sidecar").Order(StringComparer.Ordinal), state.Processes.Select(process => process.Service).Distinct().Order(StringComparer.Ordinal));
            using var http = new HttpClient { BaseAddress = new Uri(state.Url) };
            Assert.Contains("\"sku\":", await http.GetStringAsync("/api/catalog/products", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("<html", await http.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync(argosy, ["down", .. data]);
        }
    }

    [Fact]
    public async Task Publish_IntoAFolderOfOtherFiles_IsRefusedAndTouchesNothing()
    {
        _folder.Write("argosy/mine.txt", "precious");

        using var process = Start("dotnet", [Repository.Output("Argosy.Cli", "argosy.dll"), "publish", "-o", Published]);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("holds other files", errors, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(_folder.File("argosy/mine.txt")));
    }

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
        return await output;
    }

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A program that needed an installed runtime would not start with these.
        if (program != "dotnet")
        {
            start.Environment["DOTNET_ROOT"] = "/nonexistent";
            start.Environment["PATH"] = PathWithoutDotnet();
        }
        return Process.Start(start)!;
    }

    /// <summary>A folder of links to all that the PATH has, but for <c>dotnet</c>, which may share its folder with <c>sh</c>.</summary>
    private string PathWithoutDotnet()
    {
        var folder = _folder.File("path");
        if (Directory.Exists(folder))
            return folder;
        Directory.CreateDirectory(folder);
        var programs = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .Where(file => Path.GetFileName(file) != "dotnet").DistinctBy(Path.GetFileName);
        foreach (var program in programs)
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(program)), program);
        return folder;
    }

    private static IEnumerable<string?> Profiles(string root) =>
        Directory.GetDirectories(Path.Combine(root, "components")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
