using System.Diagnostics;
using Argosy.Cli.Display;
using Argosy.Cli.Running;
using Argosy.Cli.Tye;

namespace Argosy.Cli.Commands;

/// <summary><c>argosy up --detach</c>: a supervisor in the background, in a session of its own.</summary>
internal static class DetachedUp
{
    /// <summary>Tells the second process that it is the supervisor.</summary>
    public const string BackgroundOption = "--background";

    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(120);

    /// <summary>Builds, starts the supervisor, and returns 0 once the store answers.</summary>
    public static async Task<int> StartAsync(Installation installation, UpSettings settings, IUpDisplay display, CancellationToken cancellationToken)
    {
        using (InstanceLock.Take(settings.Folder))
        {
            var tye = UpCommand.RequireSound(installation, settings);
            await display.PrepareAsync(progress => UpCommand.BuildAsync(installation, tye, progress, cancellationToken));
            await Leftovers.EndAsync(settings.Folder);
        }
        using var supervisor = Launch(settings);
        var reason = supervisor.StandardError.ReadToEndAsync(CancellationToken.None);
        var identity = ProcessIdentity.Of(supervisor.Id);
        try
        {
            await display.WatchAsync(observe => FollowAsync(settings.Folder, supervisor, observe, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            if (identity is not null)
                await ProcessSignals.EndAsync([identity], TimeSpan.FromSeconds(30));
            throw;
        }
        if (supervisor.HasExited)
            throw new CliException($"{(await reason).Trim().Replace("argosy: ", "", StringComparison.Ordinal)}{Environment.NewLine}logs: {settings.Folder.Logs}");
        return 0;
    }

    /// <summary>The supervisor's own part: as <c>up</c>, without building, and giving up when the store does not come up.</summary>
    public static async Task<int> SuperviseAsync(Installation installation, UpSettings settings, CancellationToken stop)
    {
        ProcessSignals.LeaveSession();
        using var instanceLock = InstanceLock.Take(settings.Folder);
        var tye = TyeFileReader.Require(installation);
        await using var instance = await UpCommand.PrepareAsync(installation, settings, tye);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var clock = Stopwatch.StartNew();
        string? failure = null;
        instance.Start();
        await instance.WatchAsync(state =>
        {
            if (state.Phase != InstancePhase.Starting)
                return;
            failure = instance.Hopeless ?? (clock.Elapsed > ReadyDeadline ? $"the store did not answer within {ReadyDeadline.TotalSeconds:0} s: {state.Message}" : null);
            if (failure is not null)
                giveUp.Cancel();
        }, giveUp.Token);
        await instance.StopAsync();
        return failure is null ? 0 : throw new CliException(failure);
    }

    private static Process Launch(UpSettings settings)
    {
        var (program, first) = CliProgram.Self;
        List<string> arguments = [.. first, "up", BackgroundOption, "--data", settings.Folder.Path];
        if (settings.Profile is not null)
            arguments.AddRange(["--profile", settings.Profile]);
        if (settings.Port is not null)
            arguments.AddRange(["--port", $"{settings.Port}"]);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = settings.Folder.Path,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        process.StandardInput.Close();
        return process;
    }

    private static async Task FollowAsync(DataFolder folder, Process supervisor, Action<InstanceState> observe, CancellationToken cancellationToken)
    {
        while (!supervisor.HasExited)
        {
            if (InstanceState.Read(folder) is { } state)
            {
                observe(state);
                if (state.Phase == InstancePhase.Ready)
                    return;
            }
            await Task.Delay(50, cancellationToken);
        }
    }
}
