using System.Diagnostics;

namespace Argosy.Cli.Running;

/// <summary>Ends the supervised processes when the supervisor itself is killed. A shell reads the supervisor's word on which processes
/// run; when the pipe closes without a stop it terminates those, and kills them five seconds later. It costs one small process, and
/// works for any program, a real <c>daprd</c> included. On Windows <see cref="WindowsJob"/> does the same.</summary>
internal sealed class Watchdog : IDisposable
{
    private const string Script = """
        trap '' INT TERM HUP QUIT
        running=
        while read -r word pid; do
          others=
          for known in $running; do [ "$known" = "$pid" ] || others="$others $known"; done
          if [ "$word" = started ]; then running="$others $pid"; else running=$others; fi
        done
        for pid in $running; do kill -TERM "$pid"; done
        tenths=0
        while [ $tenths -lt 50 ]; do
          left=
          for pid in $running; do kill -0 "$pid" && left=yes; done
          [ -n "$left" ] || exit 0
          sleep 0.1
          tenths=$((tenths + 1))
        done
        for pid in $running; do kill -KILL "$pid"; done
        """;

    private readonly Lock _gate = new();
    private readonly HashSet<int> _running = [];
    private Process? _shell;
    private bool _disposed;

    /// <summary>The shell, or null on Windows.</summary>
    public ProcessIdentity? Identity { get; private set; }

    public void Start()
    {
        if (OperatingSystem.IsWindows())
        {
            WindowsJob.CloseWithThisProcess();
            return;
        }
        lock (_gate)
            Launch();
    }

    public void Started(int pid)
    {
        lock (_gate)
        {
            _running.Add(pid);
            Tell($"started {pid}");
        }
    }

    public void Ended(int pid)
    {
        lock (_gate)
        {
            _running.Remove(pid);
            Tell($"ended {pid}");
        }
    }

    public void Dispose()
    {
        Process? shell;
        lock (_gate)
        {
            _disposed = true;
            shell = _shell;
        }
        // Outside the lock: Process raises Exited, which wants it, while holding locks of its own.
        shell?.StandardInput.Close();
        shell?.WaitForExit(TimeSpan.FromSeconds(1));
        shell?.Dispose();
    }

    private void Launch()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _shell = new Process { StartInfo = start, EnableRaisingEvents = true };
        _shell.Exited += (_, _) => Relaunch();
        _shell.Start();
        _shell.StandardInput.AutoFlush = true;
        Identity = ProcessIdentity.Of(_shell.Id);
        foreach (var pid in _running)
            Tell($"started {pid}");
    }

    private void Relaunch()
    {
        lock (_gate)
        {
            if (!_disposed)
                Launch();
        }
    }

    private void Tell(string word)
    {
        try
        {
            _shell?.StandardInput.Write($"{word}\n");
        }
        catch (IOException)
        {
            // The shell was killed: its successor is told everything at its start.
        }
    }
}
