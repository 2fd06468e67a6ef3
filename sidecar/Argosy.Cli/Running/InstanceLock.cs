namespace Argosy.Cli.Running;

/// <summary>At most one instance runs on a data folder. The system itself lets go of the lock when the holder ends, however it ends.</summary>
internal static class InstanceLock
{
    /// <returns>The lock, held until disposed, or null when another process holds it.</returns>
    public static IDisposable? TryTake(DataFolder folder)
    {
        folder.Create();
        try
        {
            return new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <exception cref="CliException">An instance runs there; the message names it and the ways out.</exception>
    public static IDisposable Take(DataFolder folder) => TryTake(folder) ?? throw new CliException(
        InstanceState.Read(folder) is { } running
            ? $"Argosy already runs on {folder.Path} (pid {running.Supervisor.Pid}, {running.Url}): stop it with 'argosy down', or use another --data folder and --port"
            : $"Argosy is being started on {folder.Path} by another process");
}
