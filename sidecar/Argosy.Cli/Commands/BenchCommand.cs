using System.CommandLine;
using System.Text.Json;
using Argosy.Cli.Benchmarks;
using Argosy.Cli.Tye;
using Spectre.Console;

namespace Argosy.Cli.Commands;

/// <summary><c>argosy bench</c>: how fast and how large the store is on this machine.</summary>
internal static class BenchCommand
{
    public static Command Create(Installation installation)
    {
        var json = new Option<string?>("--json") { Description = "Also write the results to FILE", HelpName = "FILE" };
        var url = new Option<Uri?>("--url")
        {
            Description = "Measure the store that runs there (default: one of its own, in a temporary folder)",
            HelpName = "URL",
            CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp
                ? uri
                : Refuse(result),
        };
        var command = new Command("bench", "Measure start, throughput, latency and memory") { json, url };
        command.SetAction((result, cancellationToken) => RunAsync(installation, result.GetValue(url), result.GetValue(json), cancellationToken));
        return command;
    }

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"--url {result.Tokens[0].Value}: expected an address such as http://localhost:8080");
        return null;
    }

    private static async Task<int> RunAsync(Installation installation, Uri? url, string? json, CancellationToken cancellationToken)
    {
        if (url is null)
            await UpCommand.BuildAsync(installation, TyeFileReader.Require(installation), Console.Error.WriteLine, cancellationToken);
        var benchmark = new Benchmark(Console.Error.WriteLine);
        var report = url is null ? await benchmark.RunOwnAsync(cancellationToken) : benchmark.RunAgainst(url);
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 140;
        AnsiConsole.Write(BenchTable.Of(report));
        if (json is not null)
            await File.WriteAllBytesAsync(json, JsonSerializer.SerializeToUtf8Bytes(report, CliJson.Default.BenchReport), cancellationToken);
        return 0;
    }
}
