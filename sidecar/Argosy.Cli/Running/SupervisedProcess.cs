using System.ComponentModel;
using System.Diagnostics;

namespace Argosy.Cli.Running;

/// <summary>Keeps one process running: starts it, starts it again with <see cref="BackOff"/> when it ends, until it is told to stop.</summary>
internal sealed class SupervisedProcess(ProcessSpec spec, string logPath, Watchdog watchdog, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LogGrace = TimeSpan.FromSeconds(1);

    private readonly LogFile _log = new(logPath);
    private readonly BackOff _backOff = new();
    private volatile ProcessStatus _status = new(spec.Service, spec.Replica, ProcessPhase.Starting, null, spec.Ports, 0, null, logPath);

    public ProcessSpec Spec { get; } = spec;

    public ProcessStatus Status => _status;

    /// <summary>Runs until <paramref name="stop"/>; then ends the process, gracefully if it lets itself.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            var exit = await RunOnceAsync(stop);
            if (stop.IsCancellationRequested)
                break;
            var wait = _backOff.Next(time.GetElapsedTime(started));
            _status = _status with { Phase = ProcessPhase.BackingOff, Process = null, Restarts = _status.Restarts + 1, LastExit = exit };
            Note($"{Spec.Name} {exit}; starting it again in {wait.TotalSeconds:0.##} s");
            await Task.Delay(wait, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        _status = _status with { Phase = ProcessPhase.Stopped, Process = null };
    }

    /// <summary>Tells that a health probe of that very process was answered.</summary>
    public void MarkHealth(ProcessIdentity probed, bool isReady)
    {
        var status = _status;
        if (status.Process == probed && status.Phase is ProcessPhase.Starting or ProcessPhase.Ready)
            Interlocked.CompareExchange(ref _status, status with { Phase = isReady ? ProcessPhase.Ready : ProcessPhase.Starting }, status);
    }

    public void Dispose() => _log.Dispose();

    /// <summary>One life of the process; returns how it ended.</summary>
    private async Task<string> RunOnceAsync(CancellationToken stop)
    {
        using var process = new Process { StartInfo = StartInfo() };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            return $"could not be started: {error.Message}";
        }
        watchdog.Started(process.Id);
        process.StandardInput.Close();
        var logged = Task.WhenAll(LogPump.StartAsync(process.StandardOutput.BaseStream, _log), LogPump.StartAsync(process.StandardError.BaseStream, _log));
        var identity = ProcessIdentity.Of(process.Id);
        _status = _status with
        {
            Phase = Spec.Health is null ? ProcessPhase.Ready : ProcessPhase.Starting,
            Process = identity,
            Since = time.GetUtcNow(),
        };
        try
        {
            await process.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            if (identity is not null)
                await ProcessSignals.EndAsync([identity], StopGrace);
            await process.WaitForExitAsync(CancellationToken.None);
        }
        watchdog.Ended(process.Id);
        // A child of its own may hold the pipe open, so not for ever.
        await Task.WhenAny(logged, Task.Delay(LogGrace, CancellationToken.None));
        return process.ExitCode > 128 ? $"was ended by signal {process.ExitCode - 128}" : $"ended with code {process.ExitCode}";
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(Spec.FileName, Spec.Arguments)
        {
            WorkingDirectory = Spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Spec.Environment)
            start.Environment[name] = value;
        return start;
    }

    private void Note(string line) => _log.Append(System.Text.Encoding.UTF8.GetBytes($"argosy {time.GetUtcNow():O} {line}\n"));
}
