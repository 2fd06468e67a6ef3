using System.Collections.Frozen;
using System.Security.Cryptography;
using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Secrets;

namespace Argosy.Sidecar.Invocation.Endpoints;

/// <summary>The hosts outside the platform that one app can invoke: its HTTPEndpoints by name, and any other by its URL.</summary>
internal sealed partial class EndpointSet(AppResources resources, ComponentSet components, EndpointConnections connections, ILogger<EndpointSet> log) : IDisposable
{
    // Of the connection, or already settled by the address: an endpoint cannot give them another value.
    private static readonly FrozenSet<string> NotSettable =
        new[] { "Connection", "Content-Length", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly HttpMessageInvoker _byUrl = connections.NewInvoker();
    private FrozenDictionary<string, EndpointTarget> _byName = FrozenDictionary<string, EndpointTarget>.Empty;

    /// <summary>Of an address that names an endpoint (before any app of that name, possibly as <c>name.namespace</c>) or is a URL; null when it
    /// can only mean an app.</summary>
    public EndpointTarget? Find(string appId)
    {
        if (_byName.Count > 0 && (_byName.GetValueOrDefault(appId) ?? FindQualified(appId)) is { } named)
            return named;
        return appId.StartsWith("http://", StringComparison.Ordinal) || appId.StartsWith("https://", StringComparison.Ordinal)
            ? new EndpointTarget(appId.TrimEnd('/'), [], _byUrl)
            : null;
    }

    /// <summary>Makes the endpoints ready, once the secret stores are. A secret that is not there leaves its value empty, as in daprd.</summary>
    public async Task LoadAsync(ResourceErrors errors, CancellationToken cancellationToken)
    {
        var targets = new Dictionary<string, EndpointTarget>(StringComparer.Ordinal);
        foreach (var endpoint in resources.HttpEndpoints)
        {
            try
            {
                targets.Add(endpoint.Name, await MakeAsync(endpoint, cancellationToken));
                LogLoaded(log, endpoint.Name);
            }
            catch (ResourceException invalid)
            {
                errors.Add(invalid);
            }
            catch (CryptographicException invalid)
            {
                errors.Add(endpoint.ClientTls!.Documents.First().Location, $"HTTPEndpoint '{endpoint.Name}': {invalid.Message}");
            }
        }
        _byName = targets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public void Dispose()
    {
        _byUrl.Dispose();
        foreach (var target in _byName.Values)
            target.Invoker.Dispose();
    }

    private EndpointTarget? FindQualified(string appId) =>
        appId.IndexOf('.') is > 0 and var dot && dot == appId.LastIndexOf('.') ? _byName.GetValueOrDefault(appId[..dot]) : null;

    private async Task<EndpointTarget> MakeAsync(HttpEndpoint endpoint, CancellationToken cancellationToken)
    {
        var secrets = endpoint.SecretStore is { } store ? components.Find<ISecretStore>(store) : null;
        if (secrets is null && endpoint.Values.Any(value => value.SecretKeyRef is not null))
            LogNoSecretStore(log, endpoint.Name, endpoint.SecretStore ?? "");
        var headers = new List<EndpointHeader>();
        foreach (var item in endpoint.Headers)
        {
            if (NotSettable.Contains(item.Name))
                LogNotSettable(log, endpoint.Name, item.Name);
            else
                headers.Add(Header(endpoint, item, await ReadAsync(item)));
        }
        var invoker = endpoint.ClientTls is { } tls
            ? connections.NewInvoker(EndpointTls.Create(await ReadAsync(tls.RootCa), await ReadAsync(tls.Certificate), await ReadAsync(tls.PrivateKey), tls.AllowsRenegotiation))
            : connections.NewInvoker();
        return new EndpointTarget(endpoint.BaseUrl.OriginalString.TrimEnd('/'), headers, invoker);

        async Task<string> ReadAsync(MetadataItem? item) =>
            item is null ? "" : await MetadataResolver.ReadAsync(item, secrets, missing => LogSecretMissing(log, endpoint.Name, missing), cancellationToken);
    }

    private static EndpointHeader Header(HttpEndpoint endpoint, MetadataItem item, string value)
    {
        try
        {
            return new EndpointHeader(item.Name, value);
        }
        catch (FormatException invalid)
        {
            throw new ResourceException(item.Location, $"HTTPEndpoint '{endpoint.Name}': {invalid.Message}");
        }
    }

    [LoggerMessage(130, LogLevel.Information, "HTTPEndpoint loaded: {Name}")]
    private static partial void LogLoaded(ILogger log, string name);

    [LoggerMessage(131, LogLevel.Warning, "HTTPEndpoint {Name} takes secrets of a secret store that is not loaded: '{Store}'")]
    private static partial void LogNoSecretStore(ILogger log, string name, string store);

    [LoggerMessage(132, LogLevel.Warning, "HTTPEndpoint {Name}: secret {Secret} is missing, its value stays empty")]
    private static partial void LogSecretMissing(ILogger log, string name, string secret);

    [LoggerMessage(133, LogLevel.Warning, "HTTPEndpoint {Name}: header {Header} belongs to the connection and is not set")]
    private static partial void LogNotSettable(ILogger log, string name, string header);
}
