using System.Diagnostics;
using System.Text;
using Argosy.Testing;

namespace Argosy.Workflow.Tests.Running;

/// <summary>The worker app as a process of its own.</summary>
internal sealed class WorkerProcess(string workFolder, string grpcEndpoint) : IDisposable
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

    public void Start()
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", $"\"{Repository.Output("Argosy.Workflow.Worker", "Argosy.Workflow.Worker.dll")}\"")
            {
                WorkingDirectory = workFolder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["DAPR_GRPC_ENDPOINT"] = grpcEndpoint, ["WORK_FOLDER"] = workFolder, ["DOTNET_gcServer"] = "0" },
            },
        };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks it to end (SIGTERM) and waits for that.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", $"-TERM {_process!.Id}");
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
            Kill();
        _process?.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
    }
}
