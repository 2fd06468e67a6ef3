using Microsoft.Extensions.Configuration;

namespace Argosy.ServiceDefaults.Sidecar;

/// <summary>Where this process's sidecar is. The environment names are Dapr's own.</summary>
public sealed class SidecarEndpoint(IConfiguration configuration)
{
    /// <summary>The HTTP API.</summary>
    public Uri Http { get; } = Endpoint(configuration, "DAPR_HTTP_ENDPOINT", "DAPR_HTTP_PORT", "3500");

    /// <summary>The gRPC API.</summary>
    public Uri Grpc { get; } = Endpoint(configuration, "DAPR_GRPC_ENDPOINT", "DAPR_GRPC_PORT", "50001");

    /// <summary>Sent as <c>dapr-api-token</c> with every call to the sidecar; null when it asks for none.</summary>
    public string? ApiToken { get; } = configuration["DAPR_API_TOKEN"] is { Length: > 0 } token ? token : null;

    // By address: resolving "localhost" tries IPv6 first, and the sidecar listens on IPv4 only.
    private static Uri Endpoint(IConfiguration configuration, string whole, string port, string otherwise) =>
        new(configuration[whole] is { Length: > 0 } endpoint ? endpoint : $"http://127.0.0.1:{configuration[port] ?? otherwise}");
}
