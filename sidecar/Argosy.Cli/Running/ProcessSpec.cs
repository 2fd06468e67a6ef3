namespace Argosy.Cli.Running;

/// <summary>How to start one process, every time it is started.</summary>
/// <param name="Service">The service's name, or <c>sidecar</c>.</param>
/// <param name="Ports">What it listens on, the app's port first.</param>
/// <param name="Health">Answers 2xx when the process is ready; null when running is all there is to know.</param>
internal sealed record ProcessSpec(
    string Service,
    int Replica,
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<int> Ports,
    Uri? Health)
{
    /// <summary>Also the log's name.</summary>
    public string Name => Replica == 1 ? Service : $"{Service}-{Replica}";
}
