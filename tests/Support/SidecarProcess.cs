using System.Diagnostics;
using System.Text;

namespace Argosy.Testing;

/// <summary>A real sidecar process in single mode on free ports, with its working directory in a folder of the test's.
/// <see cref="Kill"/> is <c>kill -9</c>; <see cref="StartAsync"/> after it starts the same sidecar again.</summary>
public sealed class SidecarProcess : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _arguments;
    private readonly StringBuilder _output = new();
    private Process? _process;

    /// <param name="folder">Working directory; its sub-folder <c>resources</c> is the resources path.</param>
    /// <param name="appPort">The app's port, 0 for none.</param>
    /// <param name="extraArguments">Further daprd flags.</param>
    public SidecarProcess(string folder, string appId = "app", int appPort = 0, string extraArguments = "")
    {
        _folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, "resources"));
        _arguments = $"\"{Repository.Output("Argosy.Sidecar", "Argosy.Sidecar.dll")}\" --app-id {appId} --dapr-http-port {HttpPort} --dapr-grpc-port {GrpcPort} --resources-path resources"
            + (appPort > 0 ? $" --app-port {appPort}" : "") + $" --metrics-port {FreePort.Next()} {extraArguments}";
    }

    private SidecarProcess(string folder, string arguments, int httpPort, int grpcPort)
    {
        _folder = folder;
        _arguments = $"\"{Repository.Output("Argosy.Sidecar", "Argosy.Sidecar.dll")}\" {arguments}";
        HttpPort = httpPort;
        GrpcPort = grpcPort;
    }

    /// <summary>A sidecar process in multi mode.</summary>
    /// <param name="topologyFile">The topology as camelCase JSON.</param>
    /// <param name="httpPort">HTTP port of one of its sidecars; <see cref="StartAsync"/> waits for that one.</param>
    /// <param name="grpcPort">gRPC port of the same.</param>
    public static SidecarProcess ForTopology(string folder, string topologyFile, int httpPort, int grpcPort) =>
        new(folder, $"--topology \"{topologyFile}\"", httpPort, grpcPort);

    /// <summary>Environment variables the process gets besides the test's own; set before the start.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public int HttpPort { get; } = FreePort.Next();

    public int GrpcPort { get; } = FreePort.Next();

    public string HttpEndpoint => $"http://127.0.0.1:{HttpPort}";

    public string GrpcEndpoint => $"http://127.0.0.1:{GrpcPort}";

    /// <summary>What the process has written so far, standard output and error together.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Exit code of an ended process.</summary>
    public int ExitCode => _process!.ExitCode;

    /// <summary>Starts the process and waits until its outbound API is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message has its output.</exception>
    public async Task StartAsync()
    {
        Launch();
        // A test whose set-up fails is never disposed of.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => KillIfRunning();
        using var http = new HttpClient { BaseAddress = new Uri(HttpEndpoint) };
        await Eventually.HoldsAsync("the sidecar is ready for outbound calls", async () =>
        {
            if (_process!.HasExited)
                throw new ArgumentException($"The sidecar ended with {_process.ExitCode}:\n{Output}");
            using var answer = await http.GetAsync(new Uri("/v1.0/healthz/outbound", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        });
    }

    /// <summary>Starts the process without waiting, for tests of a start that must fail.</summary>
    public void Launch()
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", _arguments)
            {
                WorkingDirectory = _folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        foreach (var (name, value) in Environment)
            _process.StartInfo.Environment[name] = value;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process!.WaitForExitAsync(cancellationToken);

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks the process to end as an operator would (SIGTERM) and waits for it.</summary>
    public async Task StopAsync()
    {
        await TerminateAsync();
        await _process!.WaitForExitAsync();
    }

    /// <summary>Sends SIGTERM and does not wait.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", $"-TERM {_process!.Id}");
        await kill.WaitForExitAsync();
    }

    public bool HasExited => _process!.HasExited;

    public ValueTask DisposeAsync()
    {
        KillIfRunning();
        _process?.Dispose();
        _process = null;
        return ValueTask.CompletedTask;
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
