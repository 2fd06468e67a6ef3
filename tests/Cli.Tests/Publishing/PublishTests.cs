using System.Diagnostics;
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

        var argosy = Path.Combine(Published, "argosy");
        string[] data = ["--data", _folder.File("data")];
        try
        {
            await RunAsync(argosy, ["check"]);
            await RunAsync(argosy, ["up", "--detach", "--port", "0", .. data]);
            Assert.Contains("\"phase\": \"Ready\"", await RunAsync(argosy, ["status", "--json", .. data]), StringComparison.Ordinal);
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

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await output}{await errors}");
        return await output;
    }

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A program that needed an installed runtime would not start with this.
        if (program != "dotnet")
            start.Environment["DOTNET_ROOT"] = "/nonexistent";
        return Process.Start(start)!;
    }
}
