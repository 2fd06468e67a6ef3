namespace Argosy.Architecture.Tests;

/// <summary>Packages that talk to a broker, a cache or a cloud. Services have none of them: the sidecar does that for them.</summary>
public static class ClientPackages
{
    private static readonly string[] Prefixes =
    [
        "StackExchange.Redis", "Microsoft.Extensions.Caching.StackExchangeRedis", "Enyim", "RabbitMQ.", "EasyNetQ", "NATS.", "Confluent.Kafka", "KafkaFlow",
        "MQTTnet", "Apache.NMS", "MassTransit", "NServiceBus", "Rebus", "Amazon.", "AWSSDK.", "Azure.", "Microsoft.Azure.", "Google.Cloud.", "MailKit", "SendGrid", "Twilio",
        "Minio", "Consul", "dotnet-etcd", "VaultSharp",
    ];

    public static bool Contains(string package) => Prefixes.Any(prefix => package.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
