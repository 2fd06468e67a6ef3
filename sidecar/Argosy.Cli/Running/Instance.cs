using System.Diagnostics;
using System.Text.Json;
using Argosy.Sidecar.Hosting;

namespace Argosy.Cli.Running;

/// <summary>One running Argosy: supervises its processes, watches their health, and keeps the run file true.</summary>
internal sealed class Instance : IAsyncDisposable
{
    /// <summary>A process that ended this often before the store ever answered will not come up by trying again.</summary>
    private const int HopelessRestarts = 3;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly DataFolder _folder;
    private readonly InstancePlan _plan;
    private readonly string _profile;
    private readonly Watchdog _watchdog = new();
    private readonly HealthProbes _health = new();
    private readonly List<SupervisedProcess> _processes;
    private readonly CancellationTokenSource _stopServices = new();
    private readonly CancellationTokenSource _stopSidecar = new();
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<Task> _running = [];
    private InstanceState? _written;
    private InstancePhase _phase = InstancePhase.Starting;
    private double? _readyAfter;
    private string? _message;

    public Instance(DataFolder folder, InstancePlan plan, string profile)
    {
        _folder = folder;
        _plan = plan;
        _profile = profile;
        _processes = [.. plan.Processes.Select(spec => new SupervisedProcess(spec, folder.LogFile(spec.Name), _watchdog, TimeProvider.System))];
    }

    public InstanceState State => new(ProcessIdentity.Current, _plan.Url.ToString().TrimEnd('/'), _profile, _startedAt, _phase, [.. _processes.Select(process => process.Status)])
    {
        Watchdog = _watchdog.Identity,
        Message = _message,
        ReadyAfterSeconds = _readyAfter,
    };

    /// <summary>Why the instance cannot become ready, or null while it still may.</summary>
    public string? Hopeless =>
        _phase == InstancePhase.Starting && _processes.Find(process => process.Status.Restarts >= HopelessRestarts)?.Status is { } failing
            ? $"{failing.Service} does not stay up: it {failing.LastExit}, {failing.Restarts} times so far; its log {failing.Log} ends with{LastLines(failing.Log)}"
            : null;

    /// <summary>Starts every process at once: none waits for another.</summary>
    public void Start()
    {
        PrivateFile.Write(_folder.TopologyFile, JsonSerializer.SerializeToUtf8Bytes(_plan.Topology, TopologyFile.Default.Topology));
        _watchdog.Start();
        foreach (var process in _processes)
            _running.Add(Task.Run(() => process.RunAsync(process.Spec.Service == InstancePlan.Sidecar ? _stopSidecar.Token : _stopServices.Token)));
        Publish();
    }

    /// <summary>Watches until <paramref name="stop"/>; <paramref name="observe"/> sees every turn.</summary>
    public async Task WatchAsync(Action<InstanceState> observe, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await _health.ProbeAsync(_processes, stop);
            if (_phase == InstancePhase.Starting)
                await CheckStoreAsync(stop);
            Publish();
            observe(State);
            await Task.Delay(Tick, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends everything: services first, while their sidecars still serve what they finish, then the sidecars.</summary>
    public async Task StopAsync()
    {
        if (_phase == InstancePhase.Stopping)
            return;
        _phase = InstancePhase.Stopping;
        Publish();
        await _stopServices.CancelAsync();
        await Task.WhenAll(_running.Where((_, index) => _processes[index].Spec.Service != InstancePlan.Sidecar));
        await _stopSidecar.CancelAsync();
        await Task.WhenAll(_running);
        _watchdog.Dispose();
        File.Delete(_folder.StateFile);
        File.Delete(_folder.TopologyFile);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _health.Dispose();
        _stopServices.Dispose();
        _stopSidecar.Dispose();
        foreach (var process in _processes)
            process.Dispose();
    }

    private async Task CheckStoreAsync(CancellationToken stop)
    {
        _message = await _health.WhyStoreIsNotReadyAsync(_plan.Url, stop);
        if (_message is not null || stop.IsCancellationRequested)
            return;
        _readyAfter = _clock.Elapsed.TotalSeconds;
        _phase = InstancePhase.Ready;
    }

    private void Publish()
    {
        var state = State;
        if (_written is { } last && last.Phase == state.Phase && last.Message == state.Message && last.Watchdog == state.Watchdog && last.Processes.SequenceEqual(state.Processes))
            return;
        state.Write(_folder);
        _written = state;
    }

    private static string LastLines(string log) =>
        string.Concat(LogFile.Tail(log, 8).Select(line => $"{Environment.NewLine}  | {line}"));
}
