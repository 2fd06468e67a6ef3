using System.Diagnostics;
using Argosy.Cli.Building;

namespace Argosy.Cli.Testing;

/// <summary>Runs every suite and adds up what they say.</summary>
internal sealed class TestRun(Installation installation, string? filter, Action<string> say)
{
    private const int SuitesAtATime = 2;
    private static readonly TimeSpan SuiteDeadline = TimeSpan.FromMinutes(20);

    private readonly string _results = Path.Combine(installation.DefaultDataFolder, "test-results");
    private readonly WebBuild _web = new(installation);

    public async Task<IReadOnlyList<SuiteResult>> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_results);
        var suites = TestSuite.Find(installation);
        var results = new List<SuiteResult>();
        using var places = new SemaphoreSlim(SuitesAtATime);
        var together = suites.Where(suite => !suite.RunsAlone).Select(suite => InPlaceAsync(places, () => RunAsync(suite, cancellationToken), cancellationToken)).ToList();
        if (filter is null && _web.Exists)
            together.Add(InPlaceAsync(places, () => RunWebAsync(cancellationToken), cancellationToken));
        results.AddRange(await Task.WhenAll(together));
        foreach (var suite in suites.Where(suite => suite.RunsAlone))
            results.Add(await RunAsync(suite, cancellationToken));
        return results;
    }

    private static async Task<SuiteResult> InPlaceAsync(SemaphoreSlim places, Func<Task<SuiteResult>> run, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return await run();
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<SuiteResult> RunAsync(TestSuite suite, CancellationToken cancellationToken)
    {
        if (!File.Exists(suite.Executable))
            return Told(SuiteResult.NotRun(suite.Name, $"{suite.Executable} was not built"), Stopwatch.StartNew());
        var report = Path.Combine(_results, $"{suite.Name}.xml");
        string[] arguments = ["-noColor", "-result-xml", report, .. filter is null ? Array.Empty<string>() : ["-method", $"*{filter}*"]];
        return await RunAsync(suite.Name, suite.Executable, arguments, installation.Root, report,
            (exit, _) => SuiteResult.FromXunit(suite.Name, report, exit, mayBeEmpty: filter is not null), cancellationToken);
    }

    private async Task<SuiteResult> RunWebAsync(CancellationToken cancellationToken)
    {
        const string Name = "web";
        var report = Path.Combine(_results, "web.json");
        try
        {
            await _web.InstallPackagesAsync(say, cancellationToken);
        }
        catch (CliException error)
        {
            return Told(SuiteResult.NotRun(Name, error.Message), Stopwatch.StartNew());
        }
        string[] arguments = ["test", "--", "--reporter=default", "--reporter=json", $"--outputFile={report}"];
        return await RunAsync(Name, WebBuild.Npm, arguments, installation.WebFolder, report,
            (exit, output) => SuiteResult.FromVitest(Name, report, exit, output), cancellationToken);
    }

    private async Task<SuiteResult> RunAsync(
        string name,
        string program,
        string[] arguments,
        string folder,
        string report,
        Func<int, string, SuiteResult> read,
        CancellationToken cancellationToken)
    {
        File.Delete(report);
        var clock = Stopwatch.StartNew();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(SuiteDeadline);
        var log = Path.Combine(_results, $"{name}.log");
        try
        {
            await using var output = new StreamWriter(log) { AutoFlush = true };
            var exit = await ToolRun.RunAsync(program, arguments, folder, output.WriteLine, deadline.Token);
            await output.DisposeAsync();
            return Told(read(exit, await File.ReadAllTextAsync(log, cancellationToken)), clock);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Told(SuiteResult.NotRun(name, $"did not end within {SuiteDeadline.TotalMinutes:0} minutes and was ended; its output: {log}"), clock);
        }
    }

    private SuiteResult Told(SuiteResult result, Stopwatch clock)
    {
        result = result with { Duration = clock.Elapsed };
        say($"{(result.IsGood ? "ok    " : "FAILED")} {result.Name}: {result.Passed} passed, {result.Failed} failed, {result.Skipped} skipped, {result.Duration.TotalSeconds:0.0} s");
        return result;
    }
}
