namespace Argosy.Sidecar.Hosting;

/// <summary>Everything one sidecar process serves. Single mode is a topology of one app with one replica.</summary>
internal sealed record Topology(IReadOnlyList<TopologyApp> Apps)
{
    /// <summary>Address the API ports listen on.</summary>
    public string ListenAddress { get; init; } = "127.0.0.1";

    /// <summary>Largest request body or gRPC message in bytes (daprd: --max-body-size, 4 MiB).</summary>
    public long MaxBodyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long a graceful shutdown may take (daprd: --dapr-graceful-shutdown-seconds).</summary>
    public int GracefulShutdownSeconds { get; init; } = 5;

    /// <summary>debug, info, warn, error or fatal.</summary>
    public string LogLevel { get; init; } = "info";

    public bool LogAsJson { get; init; }
}

/// <summary>One app id: its resources, and a sidecar for each replica.</summary>
internal sealed record TopologyApp(string AppId, IReadOnlyList<TopologyReplica> Replicas)
{
    public string Namespace { get; init; } = "default";

    /// <summary>Folders with resource YAML (daprd: --resources-path).</summary>
    public IReadOnlyList<string> ResourcesPaths { get; init; } = [];

    /// <summary>Configuration files (daprd: --config).</summary>
    public IReadOnlyList<string> ConfigPaths { get; init; } = [];

    /// <summary>Callers of the sidecar must present it as <c>dapr-api-token</c>; null leaves the API open.</summary>
    public string? ApiToken { get; init; }

    /// <summary>Presented to the app as <c>dapr-api-token</c> (APP_API_TOKEN).</summary>
    public string? AppToken { get; init; }

    /// <summary>http, https, grpc, grpcs or h2c.</summary>
    public string AppProtocol { get; init; } = "http";

    /// <summary>Address the app listens on (daprd: --app-channel-address).</summary>
    public string AppAddress { get; init; } = "127.0.0.1";

    /// <summary>Concurrent calls into one replica of the app; -1 is unlimited.</summary>
    public int AppMaxConcurrency { get; init; } = -1;
}

/// <summary>The ports of one replica; app port 0 means nothing inbound.</summary>
internal sealed record TopologyReplica(int HttpPort, int GrpcPort, int AppPort);
