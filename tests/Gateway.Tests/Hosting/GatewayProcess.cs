using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Argosy.Testing;

namespace Argosy.Gateway.Tests.Hosting;

/// <summary>A real gateway process on a port of its own.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string?> _output = new();
    private readonly int _port = FreePort.Next();

    private GatewayProcess(string folder, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Output("Argosy.Gateway", "Argosy.Gateway.dll")]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data);
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public static async Task<GatewayProcess> StartAsync(string folder, (string Name, string Value)[] settings)
    {
        var gateway = new GatewayProcess(folder, settings);
        using var http = gateway.Client();
        try
        {
            await Eventually.HoldsAsync("the gateway is ready", async () =>
            {
                if (gateway._process.WaitForExit(0))
                {
                    gateway._process.WaitForExit();
                    throw new ArgumentException($"The gateway ended:\n{string.Join('\n', gateway._output)}");
                }
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                return answer.IsSuccessStatusCode;
            }, TimeSpan.FromSeconds(60));
        }
        catch
        {
            gateway.Dispose();
            throw;
        }
        return gateway;
    }

    /// <summary>A browser without a history; it keeps no cookies and follows no redirects.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = Address };

    /// <summary>Sends a request line byte for byte, which HTTP clients would tidy up first.</summary>
    /// <returns>The status code.</returns>
    public async Task<int> SendRawAsync(string method, string target, string headers = "")
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, _port);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{method} {target} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Length: 0\r\n{headers}\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var line = await reader.ReadLineAsync();
        return int.Parse(line!.Split(' ')[1]);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
