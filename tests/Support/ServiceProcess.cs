using System.Diagnostics;
using System.Text;

namespace Argosy.Testing;

/// <summary>A program of the product as its own process, as <c>argosy up</c> starts it. <see cref="Kill"/> is <c>kill -9</c>;
/// <see cref="StartAsync"/> after it starts the same program again.</summary>
/// <param name="project">The project that builds it.</param>
/// <param name="arguments">What follows the program's name on its command line.</param>
/// <param name="folder">Working directory.</param>
/// <param name="environment">Variables it gets besides the test's own.</param>
/// <param name="readiness">Answers with success once it is ready.</param>
public sealed class ServiceProcess(string project, string arguments, string folder, IReadOnlyDictionary<string, string> environment, Uri readiness) : IDisposable
{
    private readonly StringBuilder _output = new();
    private Process? _process;

    /// <summary>What it has written so far, standard output and error together.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", $"\"{Repository.Output(project, $"{project}.dll")}\" {arguments}")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        // A test whose set-up fails is never disposed of.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();

        using var http = new HttpClient();
        await Eventually.HoldsAsync($"{project} is ready", async () =>
        {
            if (_process.HasExited)
                throw new ArgumentException($"{project} ended with {_process.ExitCode}:\n{Output}");
            using var answer = await http.GetAsync(readiness);
            return answer.IsSuccessStatusCode;
        }, TimeSpan.FromMinutes(3));
    }

    /// <summary>Ends it at once, in the middle of whatever it does.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is { HasExited: false })
            Kill();
        _process?.Dispose();
        _process = null;
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
    }
}
