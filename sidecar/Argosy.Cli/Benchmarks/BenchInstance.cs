using System.Diagnostics;
using System.Net.Sockets;
using Argosy.Cli.Building;
using Argosy.Cli.Running;

namespace Argosy.Cli.Benchmarks;

/// <summary>A store of the benchmark's own, on a free port and in a temporary folder, started the way a user starts it.</summary>
internal sealed class BenchInstance : IAsyncDisposable
{
    private readonly string _temp = Directory.CreateTempSubdirectory("argosy-bench-").FullName;
    private readonly int _port = new LocalPorts().Next();

    public DataFolder Folder => new(Path.Combine(_temp, "data"));

    public Uri Url => new($"http://127.0.0.1:{_port}");

    /// <summary>Launches <c>argosy up</c>.</summary>
    /// <returns>Seconds from the launch to the first product list.</returns>
    public async Task<double> StartAsync(CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var output = new List<string>();
        var up = RunAsync(["up", "--detach", "--port", $"{_port}", "--data", Folder.Path], output, cancellationToken);
        while (!up.IsCompleted && !IsServing())
            await Task.Delay(10, cancellationToken);
        var seconds = clock.Elapsed.TotalSeconds;
        if (await up != 0)
            throw new CliException($"the store to be measured did not start:{Environment.NewLine}{string.Join(Environment.NewLine, output)}");
        return seconds;
    }

    public Task StopAsync() => RunAsync(["down", "--data", Folder.Path], [], CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_temp, recursive: true);
    }

    private static Task<int> RunAsync(string[] arguments, List<string> output, CancellationToken cancellationToken)
    {
        var (program, first) = CliProgram.Self;
        return ToolRun.RunAsync(program, [.. first, .. arguments], Path.GetTempPath(), output.Add, cancellationToken);
    }

    private bool IsServing()
    {
        try
        {
            using var client = new LeanHttpClient(Url);
            return client.Send(LeanHttpClient.Request("GET", "/api/catalog/products?pageSize=1")) == 200 && client.Body.IndexOf("\"sku\""u8) >= 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
