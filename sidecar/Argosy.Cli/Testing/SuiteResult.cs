using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Argosy.Cli.Testing;

/// <summary>What became of one suite.</summary>
/// <param name="Failures">Name, message and stack of each failed test.</param>
/// <param name="Skips">Name and reason of each skipped test.</param>
internal sealed record SuiteResult(string Name, int Passed, int Failed, int Skipped, IReadOnlyList<string> Failures, IReadOnlyList<string> Skips)
{
    public TimeSpan Duration { get; init; }

    /// <summary>Why the suite itself counts as failed, whatever its tests say: it crashed, hung, or ran nothing.</summary>
    public string? Broken { get; init; }

    public bool IsGood => Broken is null && Failed == 0;

    public static SuiteResult NotRun(string name, string why) => new(name, 0, 0, 0, [], []) { Broken = why };

    /// <summary>Reads the XML report of an xunit executable.</summary>
    public static SuiteResult FromXunit(string name, string reportFile, int exitCode, bool mayBeEmpty)
    {
        XDocument report;
        try
        {
            report = XDocument.Load(reportFile);
        }
        catch (Exception error) when (error is IOException or XmlException)
        {
            return NotRun(name, $"ended with code {exitCode} and left no report: it crashed");
        }
        var tests = report.Descendants("test").ToList();
        // What a fixture or a clean-up throws is no test's result, but a failure all the same.
        var errors = report.Descendants("error").ToList();
        var failed = tests.Where(test => (string?)test.Attribute("result") == "Fail").ToList();
        var skipped = tests.Where(test => (string?)test.Attribute("result") == "Skip").ToList();
        var passed = tests.Count(test => (string?)test.Attribute("result") == "Pass");
        return new SuiteResult(
            name,
            passed,
            failed.Count + errors.Count,
            skipped.Count,
            [.. failed.Concat(errors).Select(Failure)],
            [.. skipped.Select(test => $"{(string?)test.Attribute("name")}: {test.Element("reason")?.Value}")])
        {
            Broken = exitCode != 0 && failed.Count + errors.Count == 0 ? $"ended with code {exitCode} though no test failed"
                : tests.Count == 0 && !mayBeEmpty ? "ran no test"
                : null,
        };
    }

    /// <summary>Reads the JSON report of vitest (Jest's format).</summary>
    public static SuiteResult FromVitest(string name, string reportFile, int exitCode, string output)
    {
        try
        {
            using var report = JsonDocument.Parse(File.ReadAllBytes(reportFile));
            var root = report.RootElement;
            var failed = root.GetProperty("numFailedTests").GetInt32();
            return new SuiteResult(name, root.GetProperty("numPassedTests").GetInt32(), failed, root.GetProperty("numPendingTests").GetInt32(), failed > 0 ? [output] : [], [])
            {
                Broken = exitCode != 0 && failed == 0 ? $"ended with code {exitCode}:{Environment.NewLine}{output}"
                    : root.GetProperty("numTotalTests").GetInt32() == 0 ? "ran no test"
                    : null,
            };
        }
        catch (Exception error) when (error is IOException or JsonException or KeyNotFoundException)
        {
            return NotRun(name, $"ended with code {exitCode} and left no report:{Environment.NewLine}{output}");
        }
    }

    private static string Failure(XElement test)
    {
        var failure = test.Element("failure");
        return $"{(string?)test.Attribute("name")}{Environment.NewLine}{failure?.Element("message")?.Value}{Environment.NewLine}{failure?.Element("stack-trace")?.Value}";
    }
}
