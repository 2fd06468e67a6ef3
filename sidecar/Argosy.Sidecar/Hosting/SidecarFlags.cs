using System.CommandLine;
using System.Globalization;

namespace Argosy.Sidecar.Hosting;

/// <summary>daprd's flags, each also with a single dash. Those the development sidecar has no use for are accepted, so that a command line
/// written for daprd works unchanged.</summary>
internal sealed class SidecarFlags
{
    private static readonly string[] UnusedValues =
    [
        "dapr-internal-grpc-port", "dapr-internal-grpc-listen-address", "dapr-public-port", "dapr-public-listen-address", "metrics-port", "metrics-listen-address",
        "placement-host-address", "scheduler-host-address", "scheduler-job-streams", "read-buffer-size", "dapr-http-read-buffer-size",
        "app-health-check-path", "app-health-probe-interval", "app-health-probe-timeout", "app-health-threshold", "app-binding-options-timeout",
        "dapr-block-shutdown-duration", "actors-disseminate-timeout", "actors-service", "reminders-service", "unix-domain-socket", "profile-port", "mode",
        "sentry-address", "control-plane-address", "control-plane-trust-domain", "control-plane-namespace", "allowed-origins", "disable-init-endpoints", "kubeconfig",
    ];

    private static readonly string[] UnusedSwitches =
        ["enable-metrics", "enable-mtls", "enable-profiling", "enable-api-logging", "enable-app-health-check", "disable-builtin-k8s-secret-store", "app-ssl", "wait"];

    private readonly Option<string> _appId = Value<string>("app-id", "Id of the app; required without --topology.");
    private readonly Option<int> _appPort = Value<int>("app-port", "Port the app listens on; 0 for none.");
    private readonly Option<string> _appProtocol = Value<string>("app-protocol", "http, https, grpc, grpcs or h2c.", "http");
    private readonly Option<string> _appChannelAddress = Value<string>("app-channel-address", "Address the app listens on.", "127.0.0.1");
    private readonly Option<int> _httpPort = Value<int>("dapr-http-port", "Port of the HTTP API.", 3500);
    private readonly Option<int> _grpcPort = Value<int>("dapr-grpc-port", "Port of the gRPC API.", 50001);
    private readonly Option<string> _listen = Value<string>("dapr-listen-addresses", "Address the API listens on.", "127.0.0.1");
    private readonly Option<string[]> _resources = Value<string[]>("resources-path", "Folder with resource YAML; may be repeated.");
    private readonly Option<string[]> _components = Value<string[]>("components-path", "Older name of --resources-path.");
    private readonly Option<string[]> _config = Value<string[]>("config", "Configuration file; may be repeated.");
    private readonly Option<int> _concurrency = Value<int>("app-max-concurrency", "Concurrent calls into the app; -1 is unlimited.", -1);
    private readonly Option<string> _maxBody = Value<string>("max-body-size", "Largest body or message, for example 4Mi.", "4Mi");
    private readonly Option<int> _maxRequest = Value<int>("dapr-http-max-request-size", "Older form of --max-body-size, in MB.");
    private readonly Option<int> _grace = Value<int>("dapr-graceful-shutdown-seconds", "How long a graceful end may take.", 5);
    private readonly Option<string> _logLevel = Value<string>("log-level", "debug, info, warn, error or fatal.", "info");
    private readonly Option<bool> _logAsJson = Value<bool>("log-as-json", "Log as compact JSON.");
    private readonly List<Option> _unused;

    public SidecarFlags()
    {
        _unused = [.. UnusedValues.Select(name => (Option)Value<string>(name, "Accepted, without effect.")), .. UnusedSwitches.Select(name => Value<bool>(name, "Accepted, without effect."))];
        _appProtocol.AcceptOnlyFromAmong("http", "https", "grpc", "grpcs", "h2c");
        All =
        [
            Topology, _appId, _appPort, _appProtocol, _appChannelAddress, _httpPort, _grpcPort, _listen, _resources, _components, _config, _concurrency, _maxBody, _maxRequest,
            _grace, _logLevel, _logAsJson, .. _unused,
        ];
    }

    /// <summary>A file that describes many sidecars; the other flags are then ignored.</summary>
    public Option<string> Topology { get; } = Value<string>("topology", "Serve every sidecar that this JSON file describes.");

    public IReadOnlyList<Option> All { get; }

    /// <summary>Names of flags that were given and have no effect.</summary>
    public IReadOnlyList<string> Unused(ParseResult parsed) =>
        [.. _unused.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name)];

    /// <exception cref="FormatException">A flag is missing or has a value that makes no sense.</exception>
    public Topology ToTopology(ParseResult parsed)
    {
        var appId = parsed.GetValue(_appId);
        if (string.IsNullOrEmpty(appId))
            throw new FormatException("--app-id is required (or --topology FILE)");
        if (!SidecarLogging.IsLevel(parsed.GetRequiredValue(_logLevel)))
            throw new FormatException($"--log-level '{parsed.GetValue(_logLevel)}' is unknown, expected debug, info, warn, error or fatal");
        var ports = new TopologyReplica(parsed.GetValue(_httpPort), parsed.GetValue(_grpcPort), parsed.GetValue(_appPort));
        var app = new TopologyApp(appId, [ports])
        {
            Namespace = Variable("NAMESPACE") ?? "default",
            ResourcesPaths = [.. parsed.GetValue(_resources) ?? [], .. parsed.GetValue(_components) ?? []],
            ConfigPaths = parsed.GetValue(_config) ?? [],
            ApiToken = Variable("DAPR_API_TOKEN"),
            AppToken = Variable("APP_API_TOKEN"),
            AppProtocol = parsed.GetRequiredValue(_appProtocol),
            AppAddress = parsed.GetRequiredValue(_appChannelAddress),
            AppMaxConcurrency = parsed.GetValue(_concurrency),
        };
        return new Topology([app])
        {
            ListenAddress = parsed.GetRequiredValue(_listen),
            MaxBodyBytes = parsed.GetValue(_maxRequest) is > 0 and var megabytes ? megabytes * 1024L * 1024 : ParseSize(parsed.GetRequiredValue(_maxBody)),
            GracefulShutdownSeconds = parsed.GetValue(_grace),
            LogLevel = parsed.GetRequiredValue(_logLevel),
            LogAsJson = parsed.GetValue(_logAsJson),
        };
    }

    private static Option<T> Value<T>(string name, string description, T? fallback = default)
    {
        var option = new Option<T>($"--{name}", $"-{name}") { Description = description };
        if (fallback is not null)
            option.DefaultValueFactory = _ => fallback;
        return option;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>A size in bytes with an optional Kubernetes-style unit: k, M, G (1000) or Ki, Mi, Gi (1024).</summary>
    private static long ParseSize(string text)
    {
        (string Suffix, long Factor)[] units = [("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("k", 1000), ("M", 1_000_000), ("G", 1_000_000_000), ("", 1)];
        var (suffix, factor) = units.First(unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal));
        return double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? (long)(number * factor)
            : throw new FormatException($"--max-body-size '{text}' is not a size such as 4Mi");
    }
}
