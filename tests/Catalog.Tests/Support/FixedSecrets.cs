using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.Catalog.Tests.Support;

/// <summary>Secrets of a test that runs without a sidecar.</summary>
internal sealed class FixedSecrets(string databaseAddress) : ISecrets
{
    public Task<string> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(databaseAddress);
}
