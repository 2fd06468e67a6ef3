using Argosy.Sidecar.Errors;
using Argosy.Sidecar.Resources;
using Grpc.Core;

namespace Argosy.Sidecar.Secrets;

/// <summary>Reads secrets for the app, within the secret scopes of its Configuration.</summary>
internal sealed class SecretEngine(ComponentSet components, AppResources resources)
{
    private readonly Dictionary<string, SecretScope> _scopes =
        resources.Configuration.SecretScopes.GroupBy(scope => scope.StoreName).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);

    public async Task<IReadOnlyDictionary<string, string>> GetAsync(
        string storeName, string name, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var store = Find(storeName);
        if (!IsAllowed(storeName, name))
            throw new DaprApiException(403, "ERR_PERMISSION_DENIED", StatusCode.PermissionDenied, $"access denied by policy to get \"{name}\" from \"{storeName}\"");
        IReadOnlyDictionary<string, string>? secret;
        try
        {
            secret = await store.GetAsync(name, metadata, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw Failed(name, storeName, failure.Message);
        }
        return secret ?? throw Failed(name, storeName, $"secret {name} not found");
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> GetAllAsync(
        string storeName, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        var store = Find(storeName);
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> secrets;
        try
        {
            secrets = await store.GetAllAsync(metadata, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new DaprApiException(500, "ERR_SECRET_GET", StatusCode.Internal, $"failed getting secrets from secret store {storeName}: {failure.Message}");
        }
        return _scopes.ContainsKey(storeName) ? secrets.Where(secret => IsAllowed(storeName, secret.Key)).ToDictionary() : secrets;
    }

    private ISecretStore Find(string storeName)
    {
        if (components.Find<ISecretStore>(storeName) is { } store)
            return store;
        throw components.Of<ISecretStore>().Any()
            ? new DaprApiException(401, "ERR_SECRET_STORE_NOT_FOUND", StatusCode.InvalidArgument, $"failed finding secret store with key {storeName}")
            : new DaprApiException(500, "ERR_SECRET_STORES_NOT_CONFIGURED", StatusCode.FailedPrecondition, "secret store is not configured");
    }

    private bool IsAllowed(string storeName, string name) => !_scopes.TryGetValue(storeName, out var scope) || scope.Allows(name);

    private static DaprApiException Failed(string name, string storeName, string reason) =>
        new(500, "ERR_SECRET_GET", StatusCode.Internal, $"failed getting secret with key {name} from secret store {storeName}: {reason}");
}
