using System.Diagnostics;
using Argosy.Cli.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Argosy.Cli.Display;

/// <summary>A spinner while things are built and started, and a table that stays up to date.</summary>
internal sealed class TableDisplay(IAnsiConsole console, string logs) : IUpDisplay
{
    private static readonly TimeSpan BusyInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan SteadyInterval = TimeSpan.FromSeconds(1);
    private static readonly string[] Frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    private int _frame;

    public Task PrepareAsync(Func<Action<string>, Task> work) =>
        console.Status().Spinner(Spinner.Known.Dots).StartAsync("looking for changes", context => work(step => context.Status(Markup.Escape(step))));

    public Task WatchAsync(Func<Action<InstanceState>, Task> watch)
    {
        var shown = Stopwatch.StartNew();
        InstanceState? last = null;
        return console.Live(new Text("starting")).StartAsync(async context =>
        {
            await watch(state =>
            {
                last = state;
                if (shown.Elapsed < (state.Phase == InstancePhase.Ready ? SteadyInterval : BusyInterval))
                    return;
                shown.Restart();
                context.UpdateTarget(Picture(state));
            });
            if (last is not null)
                context.UpdateTarget(Picture(last));
        });
    }

    private Rows Picture(InstanceState state)
    {
        var ready = state.Processes.Count(process => process.Phase == ProcessPhase.Ready);
        IRenderable progress = state.Phase == InstancePhase.Starting
            ? new Markup($"{Frames[_frame++ % Frames.Length]} {Bar(ready, state.Processes.Count)} {ready} of {state.Processes.Count} up, {Markup.Escape(state.Message ?? "")}")
            : new Markup($"[bold]{Markup.Escape(StatusTable.Summary(state))}[/]");
        return new Rows(StatusTable.Of(state, TimeProvider.System), progress, new Markup($"[dim]logs in {Markup.Escape(logs)} · Ctrl-C stops everything[/]"));
    }

    private static string Bar(int done, int all)
    {
        const int Width = 24;
        var filled = all == 0 ? 0 : done * Width / all;
        return $"[green]{new string('━', filled)}[/][dim]{new string('━', Width - filled)}[/]";
    }
}
