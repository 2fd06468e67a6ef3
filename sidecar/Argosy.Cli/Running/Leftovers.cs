namespace Argosy.Cli.Running;

/// <summary>Processes of an earlier run whose supervisor and watchdog were both killed.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Ends them, and forgets the earlier run. Call only while holding the instance lock.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> EndAsync(DataFolder folder)
    {
        if (InstanceState.Read(folder) is not { } earlier)
            return 0;
        // The watchdog first waits for the others by itself; it ignores a polite request and goes when they are gone.
        var alive = earlier.Processes.Select(process => process.Process).OfType<ProcessIdentity>().Where(process => process.IsAlive).ToList();
        await ProcessSignals.EndAsync(alive, Grace);
        if (earlier.Watchdog is { IsAlive: true } watchdog)
            await ProcessSignals.EndAsync([watchdog], TimeSpan.Zero);
        File.Delete(folder.StateFile);
        return alive.Count;
    }
}
