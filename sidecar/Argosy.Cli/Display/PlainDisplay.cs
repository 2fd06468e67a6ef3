using Argosy.Cli.Running;

namespace Argosy.Cli.Display;

/// <summary>One line for each thing that changes: for pipes, files and CI.</summary>
internal sealed class PlainDisplay(TextWriter output) : IUpDisplay
{
    private readonly Dictionary<string, ProcessPhase> _phases = [];
    private InstancePhase? _phase;
    private string? _lastStep;

    public Task PrepareAsync(Func<Action<string>, Task> work) => work(step =>
    {
        if (step == _lastStep)
            return;
        _lastStep = step;
        output.WriteLine(step);
    });

    public Task WatchAsync(Func<Action<InstanceState>, Task> watch) => watch(Show);

    private void Show(InstanceState state)
    {
        foreach (var process in state.Processes)
        {
            var name = process.Replica == 1 ? process.Service : $"{process.Service}-{process.Replica}";
            if (_phases.TryGetValue(name, out var known) && known == process.Phase)
                continue;
            _phases[name] = process.Phase;
            output.WriteLine(Line(name, process));
        }
        if (_phase == state.Phase)
            return;
        _phase = state.Phase;
        if (state.Phase != InstancePhase.Starting)
            output.WriteLine(StatusTable.Summary(state));
    }

    private static string Line(string name, ProcessStatus process) => process.Phase switch
    {
        ProcessPhase.Starting => $"{name}: starting{(process.Process is { } running ? $", pid {running.Pid}" : "")}",
        ProcessPhase.Ready => $"{name}: ready, pid {process.Process?.Pid}, ports {StatusTable.Ports(process)}",
        ProcessPhase.BackingOff => $"{name}: {process.LastExit}, restart {process.Restarts}; log {process.Log}",
        _ => $"{name}: stopped",
    };
}
