using Argosy.ServiceDefaults.Sidecar;

namespace Argosy.ServiceDefaults.Tests.Hosting;

internal sealed class FixedSecrets(string value) : ISecrets
{
    public Task<string> GetAsync(string name, CancellationToken cancellationToken) => Task.FromResult(value);
}
