namespace Argosy.ServiceDefaults.Sidecar;

/// <summary>Secrets by name, from the sidecar's secret store.</summary>
public interface ISecrets
{
    /// <summary>Reads a secret; waits for the sidecar, and tries again while the store is down.</summary>
    /// <exception cref="InvalidOperationException">The store has no such secret.</exception>
    Task<string> GetAsync(string name, CancellationToken cancellationToken);
}
