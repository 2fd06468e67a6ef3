using System.Diagnostics;
using System.Text;

namespace Argosy.Conformance.JsSdk;

/// <summary>Runs Node or npm to its end and keeps what it wrote.</summary>
internal static class NodeProcess
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    public static async Task<(int ExitCode, string Report)> RunAsync(string folder, string arguments, Dictionary<string, string> environment, string program = "node")
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var report = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var late = new CancellationTokenSource(Deadline);
        try
        {
            await process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{program} {arguments} did not end within {Deadline.TotalSeconds} s.\n{report}");
        }
        return (process.ExitCode, report.ToString());

        void Append(string? line)
        {
            lock (report)
                report.AppendLine(line);
        }
    }
}
