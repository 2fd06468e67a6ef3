namespace Argosy.Cli.Running;

/// <summary>The folder of one instance: what it stores, logs, and knows about its running processes.</summary>
internal sealed class DataFolder(string path)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Working directory of the sidecar and the services; databases and secrets live here.</summary>
    public string Data => System.IO.Path.Combine(Path, "data");

    public string Logs => System.IO.Path.Combine(Path, "logs");

    public string Run => System.IO.Path.Combine(Path, "run");

    /// <summary>What runs now; see <see cref="InstanceState"/>.</summary>
    public string StateFile => System.IO.Path.Combine(Run, "instance.json");

    /// <summary>Held open by the running instance.</summary>
    public string LockFile => System.IO.Path.Combine(Run, "lock");

    /// <summary>What the sidecar process serves; holds the tokens of this run.</summary>
    public string TopologyFile => System.IO.Path.Combine(Run, "topology.json");

    public string SecretsFile => System.IO.Path.Combine(Data, "secrets.json");

    /// <summary>The secrets of a cluster, see <c>argosy k8s secrets</c>.</summary>
    public string ClusterSecretsFile => System.IO.Path.Combine(Path, "k8s-secrets.json");

    public string LogFile(string service) => System.IO.Path.Combine(Logs, $"{service}.log");

    /// <summary>Makes the folders, closed to other users: they hold customers' data and keys.</summary>
    public void Create()
    {
        foreach (var folder in new[] { Path, Data, Logs, Run })
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
