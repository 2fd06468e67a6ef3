using System.Diagnostics;

namespace Argosy.Testing;

/// <summary>A PostgreSQL server of the test's own, from the binaries of the distribution. It refuses to run as root, so root runs it as the
/// user <c>postgres</c>.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Process _server;
    private readonly int _port = FreePort.Next();

    private PostgresServer(string binaries)
    {
        var data = _folder.File("data");
        if (Environment.IsPrivilegedProcess)
            Run("chown", ["postgres", _folder.Path]);
        Run(Path.Combine(binaries, "initdb"), ["-D", data, "-U", "argosy", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C"], asPostgres: true);
        _server = Start(Path.Combine(binaries, "postgres"), ["-D", data, "-p", _port.ToString(), "-c", "listen_addresses=127.0.0.1", "-c", $"unix_socket_directories={_folder.Path}", "-c", "fsync=off", "-c", "max_connections=400"], asPostgres: true);
        Binaries = binaries;
    }

    /// <summary>Why there is no server on this machine; null where there is one.</summary>
    public static string? Missing => Find() is null ? "no PostgreSQL server is installed (apt-get install postgresql)" : null;

    private string Binaries { get; }

    /// <exception cref="InvalidOperationException">Nothing is installed: check <see cref="Missing"/> first.</exception>
    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer(Find() ?? throw new InvalidOperationException(Missing));
        await Eventually.HoldsAsync("PostgreSQL accepts connections", async () =>
        {
            using var probe = Start(Path.Combine(server.Binaries, "pg_isready"), ["-h", "127.0.0.1", "-p", server._port.ToString()]);
            await probe.WaitForExitAsync();
            return probe.ExitCode == 0;
        });
        return server;
    }

    /// <summary>The address of a new, empty database.</summary>
    public string CreateDatabase()
    {
        var name = $"test_{Guid.NewGuid():N}";
        Run(Path.Combine(Binaries, "createdb"), ["-h", "127.0.0.1", "-p", _port.ToString(), "-U", "argosy", name]);
        return $"postgres://argosy@127.0.0.1:{_port}/{name}";
    }

    public async ValueTask DisposeAsync()
    {
        _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
        _folder.Dispose();
    }

    private static string? Find() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private static void Run(string program, IEnumerable<string> arguments, bool asPostgres = false)
    {
        using var process = Start(program, arguments, asPostgres);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private static Process Start(string program, IEnumerable<string> arguments, bool asPostgres = false)
    {
        var start = asPostgres && Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.WorkingDirectory = Path.GetTempPath();
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
