using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Argosy.Testing;

namespace Argosy.EndToEnd;

/// <summary>The whole system, started with <c>./argosy up --detach</c> on free ports and a data folder of its own.</summary>
public sealed class Store : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(10);

    private readonly TempFolder _folder = new();

    /// <summary>Working directory of the services, with their databases.</summary>
    public string Data => _folder.File("data");

    public string Logs => _folder.File("logs");

    /// <summary>Where the gateway answers; the same after every restart.</summary>
    public Uri Url { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

    public async Task StartAsync()
    {
        var (exitCode, output) = await ArgosyAsync($"up --detach --port {Url.Port}");
        if (exitCode != 0)
            throw new InvalidOperationException($"argosy up ended with {exitCode}:\n{output}\n{TailOfLogs()}");
    }

    /// <summary>Runs an argosy command on this store's data folder.</summary>
    public async Task<(int ExitCode, string Output)> ArgosyAsync(string arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "argosy"), $"{arguments} --data {_folder.Path}")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var late = new CancellationTokenSource(StartDeadline);
        await process.WaitForExitAsync(late.Token);
        return (process.ExitCode, output.ToString());

        void Append(string? line)
        {
            lock (output)
                output.AppendLine(line);
        }
    }

    /// <summary><c>kill -9</c> of one service or of <c>sidecar</c>; the supervisor restarts it.</summary>
    public void Kill(string service) => Kill(ProcessIds(service));

    /// <summary><c>kill -9</c> of every process of the store at once, its supervisor included. <see cref="StartAsync"/> brings it back.</summary>
    public void KillEverything() => Kill(ProcessIds());

    public HttpClient Client() => new(new SocketsHttpHandler { UseCookies = true, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) })
    {
        BaseAddress = Url,
        DefaultRequestHeaders = { { "X-Argosy-CSRF", "1" } },
    };

    /// <summary>A client with the operator's key.</summary>
    public HttpClient Operator()
    {
        using var secrets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Data, "secrets.json")));
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", secrets.RootElement.GetProperty("operator-key").GetString());
        return client;
    }

    /// <summary>Every mail that was sent, as <c>ORDER.STEP</c>.</summary>
    public async Task<List<string>> MailsAsync()
    {
        using var desk = Operator();
        var mails = new List<string>();
        for (var page = 1; ; page++)
        {
            using var answer = await desk.GetFromJsonAsync<JsonDocument>($"/api/system/mailbox?page={page}&pageSize=100");
            var items = answer!.RootElement.GetProperty("items");
            mails.AddRange(items.EnumerateArray().Select(mail => $"{mail.GetProperty("orderId").GetString()}.{mail.GetProperty("step").GetString()}"));
            if (items.GetArrayLength() < 100)
                return mails;
        }
    }

    public IReadOnlyList<int> ProcessIds(string? service = null)
    {
        using var state = ReadState();
        var root = state.RootElement;
        var services = root.GetProperty("processes").EnumerateArray()
            .Where(process => service is null || process.GetProperty("service").GetString() == service)
            .Select(process => process.GetProperty("process"))
            .Where(identity => identity.ValueKind == JsonValueKind.Object);
        var all = service is null ? services.Append(root.GetProperty("supervisor")).Append(root.GetProperty("watchdog")) : services;
        return [.. all.Select(identity => identity.GetProperty("pid").GetInt32())];
    }

    /// <summary>The last lines of every log, for the message of a failed test.</summary>
    public string TailOfLogs(int lines = 15) =>
        !Directory.Exists(Logs) ? "" : string.Join('\n', Directory.EnumerateFiles(Logs, "*.log").Select(log => $"--- {Path.GetFileName(log)}\n{string.Join('\n', ReadShared(log).TakeLast(lines))}"));

    public async ValueTask DisposeAsync()
    {
        await ArgosyAsync("down");
        if (Environment.GetEnvironmentVariable("ARGOSY_KEEP_STORES") is null)
            _folder.Dispose();
    }

    private static void Kill(IReadOnlyList<int> pids)
    {
        using var kill = Process.Start("kill", ["-KILL", .. pids.Select(pid => $"{pid}")]);
        kill.WaitForExit();
    }

    private JsonDocument ReadState() => JsonDocument.Parse(File.ReadAllBytes(_folder.File("run/instance.json")));

    private static string[] ReadShared(string path)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
