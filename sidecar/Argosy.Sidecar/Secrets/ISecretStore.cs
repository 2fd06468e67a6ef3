namespace Argosy.Sidecar.Secrets;

/// <summary>A secret store component.</summary>
internal interface ISecretStore
{
    /// <summary>The keys of one secret; null when the store has no such secret.</summary>
    ValueTask<IReadOnlyDictionary<string, string>?> GetAsync(string name, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken);

    ValueTask<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> GetAllAsync(IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken);
}
