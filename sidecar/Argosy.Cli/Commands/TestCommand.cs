using System.CommandLine;
using Argosy.Cli.Building;
using Argosy.Cli.Testing;
using Argosy.Cli.Tye;

namespace Argosy.Cli.Commands;

/// <summary><c>argosy test</c>: builds everything without warnings, runs every test, and ends with the sum.</summary>
internal static class TestCommand
{
    public static Command Create(Installation installation)
    {
        var filter = new Option<string?>("--filter") { Description = "Only tests whose full name contains TEXT", HelpName = "TEXT" };
        var command = new Command("test", "Build everything and run every test") { filter };
        command.SetAction((result, cancellationToken) => RunAsync(installation, result.GetValue(filter), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Installation installation, string? filter, CancellationToken cancellationToken)
    {
        if (installation.IsPublished)
            throw new CliException("a published folder has no tests: run 'argosy test' in a checkout");
        var missing = await SystemPackages.EnsureAsync(Say, cancellationToken);
        await new SolutionBuild(installation, TyeFileReader.Require(installation)).RunWithTestsAsync(Say, cancellationToken);
        var results = await new TestRun(installation, filter, Say).RunAsync(cancellationToken);
        Report(results, missing);
        var passed = results.Sum(result => result.Passed);
        // A suite that broke has failed, even where none of its tests could say so.
        var failed = results.Sum(result => result.Failed) + results.Count(result => result.Broken is not null);
        var skipped = results.Sum(result => result.Skipped);
        if (filter is not null && passed + failed + skipped == 0)
            throw new CliException($"no test's name contains '{filter}'");
        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 ? 0 : 1;
    }

    private static void Report(IReadOnlyList<SuiteResult> results, IReadOnlyList<string> missing)
    {
        foreach (var result in results)
        {
            foreach (var failure in result.Failures)
                Say($"{Environment.NewLine}FAILED {result.Name}: {failure}");
            if (result.Broken is { } reason)
                Say($"{Environment.NewLine}BROKEN {result.Name}: {reason}");
            foreach (var skip in result.Skips)
                Say($"skipped {skip}");
        }
        if (missing.Count > 0)
            Say($"not installed here, so the tests that need it could not run: {string.Join(", ", missing)}");
    }

    private static void Say(string line) => Console.WriteLine(line);
}
