using System.Diagnostics;
using Argosy.Testing;
using Xunit;

namespace Argosy.Cli.Tests.Commands;

/// <summary>The program as a user meets it: its exit codes and messages.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("up")]
    [InlineData("down")]
    [InlineData("status")]
    [InlineData("logs")]
    [InlineData("check")]
    public async Task Help_OfACommand_ExplainsIt(string command)
    {
        var (exit, output, _) = await ArgosyAsync(command, "--help");

        Assert.Equal(0, exit);
        Assert.Contains("Description:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_NothingRuns_SaysSoWithItsOwnCode()
    {
        var (exit, output, _) = await ArgosyAsync("status", "--data", _folder.Path);

        Assert.Equal(3, exit);
        Assert.Equal($"nothing runs on {_folder.Path}", output.Trim());
    }

    [Fact]
    public async Task StatusJson_NothingRuns_IsJson()
    {
        var (_, output, _) = await ArgosyAsync("status", "--json", "--data", _folder.Path);

        using var json = System.Text.Json.JsonDocument.Parse(output);
        Assert.False(json.RootElement.GetProperty("running").GetBoolean());
    }

    [Fact]
    public async Task Down_NothingRuns_IsNoError()
    {
        var (exit, _, _) = await ArgosyAsync("down", "--data", _folder.Path);

        Assert.Equal(0, exit);
    }

    [Fact]
    public async Task Logs_OfNothing_SaysWhyWithoutAStackTrace()
    {
        var (exit, _, errors) = await ArgosyAsync("logs", "catalog", "--data", _folder.Path);

        Assert.Equal(1, exit);
        Assert.StartsWith("argosy: there is no log of 'catalog'", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_LastLines_ArePrinted()
    {
        _folder.Write("logs/catalog.log", "one\ntwo\nthree\n");

        var (exit, output, _) = await ArgosyAsync("logs", "catalog", "-n", "2", "--data", _folder.Path);

        Assert.Equal(0, exit);
        Assert.Equal("two\nthree\n", output);
    }

    [Theory]
    [InlineData("up", "--sidecar", "dapr")]
    [InlineData("up", "--port", "70000")]
    [InlineData("up", "--port", "many")]
    [InlineData("sail")]
    public async Task Arguments_ThatMakeNoSense_AreRefused(params string[] arguments)
    {
        var (exit, _, errors) = await ArgosyAsync(arguments);

        Assert.Equal(1, exit);
        Assert.NotEmpty(errors);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_UnknownProfile_NamesTheOnesThereAre()
    {
        var (exit, _, errors) = await ArgosyAsync("up", "--profile", "nothing-like-it", "--data", _folder.Path);

        Assert.Equal(1, exit);
        Assert.Contains("there is no profile 'nothing-like-it'; there are embedded", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Errors)> ArgosyAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Repository.Output("Argosy.Cli", "argosy.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
