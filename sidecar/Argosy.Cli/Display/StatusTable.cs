using Argosy.Cli.Running;
using Spectre.Console;

namespace Argosy.Cli.Display;

/// <summary>The table of an instance's processes.</summary>
internal static class StatusTable
{
    public static Table Of(InstanceState state, TimeProvider time)
    {
        var table = new Table().RoundedBorder().Title($"[bold]Argosy[/] {Markup.Escape(state.Url)}  profile {Markup.Escape(state.Profile)}");
        table.AddColumns("service", "replica", "state", "pid", "ports", "restarts", "uptime", "memory");
        foreach (var process in state.Processes)
        {
            table.AddRow(
                Markup.Escape(process.Service),
                $"{process.Replica}",
                Phase(process.Phase),
                process.Process is { } running ? $"{running.Pid}" : "-",
                Ports(process),
                process.Restarts == 0 ? "0" : $"[yellow]{process.Restarts}[/]",
                process.Process is not null && process.Since is { } since ? Duration(time.GetUtcNow() - since) : "-",
                ProcessMemory.Text(ProcessMemory.Of(process.Process)));
        }
        return table;
    }

    /// <summary>What the instance as a whole is doing.</summary>
    public static string Summary(InstanceState state) => state.Phase switch
    {
        InstancePhase.Ready => $"ready after {state.ReadyAfterSeconds:0.0} s at {state.Url}",
        InstancePhase.Starting => $"starting: {state.Message ?? "processes are coming up"}",
        InstancePhase.Stopping => "stopping",
        _ => state.Message ?? "failed",
    };

    public static string Ports(ProcessStatus process) =>
        process.Ports.Count <= 3 ? string.Join(' ', process.Ports) : $"{process.Ports[0]} … ({process.Ports.Count})";

    public static string Duration(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => $"{(int)span.TotalDays}d {span.Hours}h",
        { TotalHours: >= 1 } => $"{span.Hours}h {span.Minutes}m",
        { TotalMinutes: >= 1 } => $"{span.Minutes}m {span.Seconds}s",
        _ => $"{Math.Max(0, span.Seconds)}s",
    };

    private static string Phase(ProcessPhase phase) => phase switch
    {
        ProcessPhase.Ready => "[green]ready[/]",
        ProcessPhase.Starting => "[yellow]starting[/]",
        ProcessPhase.BackingOff => "[red]restarting[/]",
        _ => "stopped",
    };
}
