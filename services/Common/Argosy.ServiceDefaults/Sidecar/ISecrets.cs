namespace Argosy.ServiceDefaults.Sidecar;

/// <summary>Secrets by name, from the sidecar's secret store.</summary>
public interface ISecrets
{
    /// <summary>Reads a secret; waits for the sidecar, and for the secret while the store is down or does not have it.</summary>
    /// <exception cref="InvalidOperationException">The secret has several keys and none of its own name.</exception>
    Task<string> GetAsync(string name, CancellationToken cancellationToken);
}
