using System.ComponentModel;
using System.Diagnostics;

namespace Argosy.Cli.Building;

/// <summary>Runs a tool to its end, line by line.</summary>
internal static class ToolRun
{
    /// <param name="line">Sees every line of output and errors, in order for each.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="CliException">The tool is not installed.</exception>
    public static async Task<int> RunAsync(
        string tool,
        IReadOnlyList<string> arguments,
        string folder,
        Action<string> line,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = new Process { StartInfo = start };
        var gate = new Lock();
        process.OutputDataReceived += (_, data) => Pass(data.Data);
        process.ErrorDataReceived += (_, data) => Pass(data.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw new CliException($"'{tool}' could not be started ({error.Message}): install it, or put it on the PATH");
        }
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return process.ExitCode;

        void Pass(string? text)
        {
            if (text is null)
                return;
            lock (gate)
                line(text);
        }
    }
}
