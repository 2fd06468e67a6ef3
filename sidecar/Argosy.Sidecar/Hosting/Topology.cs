namespace Argosy.Sidecar.Hosting;

// Everything with a default is a constructor parameter: the JSON source generator keeps the defaults of those, not of init properties.

/// <summary>Everything one sidecar process serves. Single mode is a topology of one app with one replica.</summary>
/// <param name="Apps">The apps; an app id occurs once in a namespace.</param>
/// <param name="ListenAddress">Address the API ports listen on.</param>
/// <param name="MaxBodyBytes">Largest request body or gRPC message in bytes (daprd: --max-body-size, 4 MiB).</param>
/// <param name="GracefulShutdownSeconds">How long a graceful shutdown may take (daprd: --dapr-graceful-shutdown-seconds).</param>
/// <param name="LogLevel">debug, info, warn, error or fatal.</param>
/// <param name="LogAsJson">Compact JSON instead of plain lines.</param>
internal sealed record Topology(
    IReadOnlyList<TopologyApp> Apps,
    string ListenAddress = "127.0.0.1",
    long MaxBodyBytes = 4 * 1024 * 1024,
    int GracefulShutdownSeconds = 5,
    string LogLevel = "info",
    bool LogAsJson = false);

/// <summary>One app id: its resources, and a sidecar for each replica.</summary>
/// <param name="AppId">Its id.</param>
/// <param name="Replicas">A sidecar for each.</param>
/// <param name="Namespace">The namespace of the app and its resources.</param>
/// <param name="ResourcesPaths">Folders with resource YAML (daprd: --resources-path).</param>
/// <param name="ConfigPaths">Configuration files (daprd: --config).</param>
/// <param name="ApiToken">Callers of the sidecar must present it as <c>dapr-api-token</c>; null leaves the API open.</param>
/// <param name="AppToken">Presented to the app as <c>dapr-api-token</c> (APP_API_TOKEN).</param>
/// <param name="AppProtocol">http, https, grpc, grpcs or h2c.</param>
/// <param name="AppAddress">Address the app listens on (daprd: --app-channel-address).</param>
/// <param name="AppMaxConcurrency">Concurrent calls into one replica of the app; -1 is unlimited.</param>
internal sealed record TopologyApp(
    string AppId,
    IReadOnlyList<TopologyReplica> Replicas,
    string Namespace = "default",
    IReadOnlyList<string>? ResourcesPaths = null,
    IReadOnlyList<string>? ConfigPaths = null,
    string? ApiToken = null,
    string? AppToken = null,
    string AppProtocol = "http",
    string AppAddress = "127.0.0.1",
    int AppMaxConcurrency = -1)
{
    public IReadOnlyList<string> ResourcesPaths { get; init; } = ResourcesPaths ?? [];

    public IReadOnlyList<string> ConfigPaths { get; init; } = ConfigPaths ?? [];
}

/// <summary>The ports of one replica; app port 0 means nothing inbound.</summary>
internal sealed record TopologyReplica(int HttpPort, int GrpcPort, int AppPort);
