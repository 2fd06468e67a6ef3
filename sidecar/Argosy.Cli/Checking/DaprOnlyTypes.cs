using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;

namespace Argosy.Cli.Checking;

/// <summary>Component types of Dapr that the development sidecar does not have: a profile may use them, but only the real Dapr runtime runs
/// it. Their metadata is checked like any other's; the names are those of Dapr's component reference.</summary>
internal sealed class DaprOnlyTypes : IBuildingBlock
{
    private static readonly MetadataField[] Redis =
    [
        new("redisHost", Required: true),
        new("redisPort", MetadataKind.Integer),
        new("redisUsername"),
        new("redisPassword"),
        new("redisDB", MetadataKind.Integer),
        new("redisType") { OneOf = ["node", "cluster"] },
        new("enableTLS", MetadataKind.Flag),
        new("insecureSkipTLSVerify", MetadataKind.Flag),
        new("clientCert"),
        new("clientKey"),
        new("useEntraID", MetadataKind.Flag),
        new("failover", MetadataKind.Flag),
        new("sentinelMasterName"),
        new("sentinelUsername"),
        new("sentinelPassword"),
        new("redisMaxRetries", MetadataKind.Integer),
        new("redisMinRetryInterval"),
        new("redisMaxRetryInterval"),
        new("dialTimeout"),
        new("readTimeout"),
        new("writeTimeout"),
        new("poolSize", MetadataKind.Integer),
        new("poolTimeout"),
        new("minIdleConns", MetadataKind.Integer),
        new("maxConnAge"),
        new("idleTimeout"),
        new("idleCheckFrequency"),
    ];

    private static readonly ComponentType[] Known =
    [
        Type("state.redis", [.. Redis, new("ttlInSeconds", MetadataKind.Integer), new("queryIndexes"), new("keyPrefix"), new("actorStateStore", MetadataKind.Flag)]),
        Type("pubsub.redis",
        [
            .. Redis, new("consumerID"), new("processingTimeout"), new("redeliverInterval"), new("queueDepth", MetadataKind.Integer), new("concurrency", MetadataKind.Integer),
            new("maxLenApprox", MetadataKind.Integer), new("streamTTL"), new("allowedTopics"), new("protectedTopics"), new("publishingScopes"), new("subscriptionScopes"),
        ]),
        Type("configuration.redis", Redis),
        Type("lock.redis", [.. Redis, new("keyPrefix")]),
        Type("bindings.smtp",
        [
            new("host", Required: true), new("port", MetadataKind.Integer, Required: true), new("user"), new("password"), new("skipTLSVerify", MetadataKind.Flag), new("emailFrom"),
            new("emailTo"), new("emailCC"), new("emailBCC"), new("subject"), new("priority", MetadataKind.Integer), new("direction"), new("route"),
        ]),
        Type("secretstores.kubernetes", [new("defaultNamespace"), new("kubeconfigPath")]),
    ];

    private static readonly HashSet<string> Ours =
        BuildingBlocks.All.SelectMany(block => block.ComponentTypes).Select(type => type.Type).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<ComponentType> ComponentTypes => Known.Where(type => !Ours.Contains(type.Type));

    public bool Contains(string type) => ComponentTypes.Any(known => known.Type.Equals(type, StringComparison.OrdinalIgnoreCase));

    private static ComponentType Type(string name, IReadOnlyList<MetadataField> fields) =>
        new(name, fields, _ => throw new NotSupportedException($"{name} is checked here, never run."));
}
