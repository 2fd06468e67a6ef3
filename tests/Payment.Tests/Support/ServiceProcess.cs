using System.Diagnostics;
using System.Text;
using Argosy.Testing;

namespace Argosy.Payment.Tests.Support;

/// <summary>A program of the product as its own process, as <c>argosy up</c> starts it. <see cref="Kill"/> is <c>kill -9</c>.</summary>
internal sealed class ServiceProcess(string project, string arguments, string folder, IReadOnlyDictionary<string, string> environment, Uri readiness) : IDisposable
{
    private readonly StringBuilder _output = new();
    private Process? _process;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

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
        // A test whose set-up fails is never disposed of.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillIfRunning();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using var http = new HttpClient();
        await Eventually.HoldsAsync($"{project} is ready", async () =>
        {
            if (_process.HasExited)
                throw new ArgumentException($"{project} ended with {_process.ExitCode}:\n{Output}");
            using var answer = await http.GetAsync(readiness);
            return answer.IsSuccessStatusCode;
        }, TimeSpan.FromMinutes(3));
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        KillIfRunning();
        _process?.Dispose();
        _process = null;
    }

    private void KillIfRunning()
    {
        if (_process is { HasExited: false })
            Kill();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
    }
}
