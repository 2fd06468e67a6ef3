using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Sqlite;

namespace Argosy.Sidecar.PubSub.Sqlite;

/// <summary>The metadata of <c>pubsub.sqlite</c>.</summary>
internal sealed record SqlitePubSubOptions
{
    public static IReadOnlyList<MetadataField> Fields { get; } =
    [
        .. SqliteLocation.Fields,
        new("concurrency", MetadataKind.Integer),
        new("maxDeliveries", MetadataKind.Integer),
        new("redeliverInterval", MetadataKind.Duration),
        new("maxRedeliverInterval", MetadataKind.Duration),
        new("lease", MetadataKind.Duration),
        new("pollInterval", MetadataKind.Duration),
        new("retention", MetadataKind.Duration),
        new("unsubscribedRetention", MetadataKind.Duration),
    ];

    /// <summary>The database file, relative to the data folder.</summary>
    public required string Path { get; init; }

    /// <summary>Name of the consumer group: every subscriber with the same name shares one copy of each message.</summary>
    public required string ConsumerGroup { get; init; }

    /// <summary>Messages of one topic in the app's hands at the same time, per process; 1 keeps strict order.</summary>
    public int Concurrency { get; init; } = 10;

    /// <summary>Attempts before a message goes to the subscription's dead-letter topic. Without such a topic there is no limit.</summary>
    public int MaxDeliveries { get; init; } = 12;

    /// <summary>Wait after the first failed delivery; each further one waits twice as long.</summary>
    public TimeSpan RedeliverInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan MaxRedeliverInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a message is kept from others after the last sign of life of who took it; renewed while it is worked on.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How often a subscriber looks for what other processes have published; within the process it is told.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a message that every known group has is kept for groups that come later: at the first start of a system
    /// publishers and early subscribers may be ahead of a late one.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a message of a topic without any group is kept, dead-letter topics above all.</summary>
    public TimeSpan UnsubscribedRetention { get; init; } = TimeSpan.FromDays(7);

    /// <exception cref="ResourceException">A value makes no sense.</exception>
    public static SqlitePubSubOptions Read(ComponentMetadata metadata, string appId)
    {
        var defaults = new SqlitePubSubOptions { Path = "", ConsumerGroup = "" };
        var second = TimeSpan.FromSeconds(1);
        return new SqlitePubSubOptions
        {
            Path = SqliteLocation.Path(metadata),
            ConsumerGroup = metadata.Text("consumerID", appId),
            Concurrency = AtLeastOne("concurrency", defaults.Concurrency),
            MaxDeliveries = AtLeastOne("maxDeliveries", defaults.MaxDeliveries),
            RedeliverInterval = Positive("redeliverInterval", defaults.RedeliverInterval),
            MaxRedeliverInterval = Positive("maxRedeliverInterval", defaults.MaxRedeliverInterval),
            Lease = Positive("lease", defaults.Lease),
            PollInterval = Positive("pollInterval", defaults.PollInterval),
            Retention = metadata.Duration("retention", defaults.Retention, second),
            UnsubscribedRetention = metadata.Duration("unsubscribedRetention", defaults.UnsubscribedRetention, second),
        };

        int AtLeastOne(string name, int fallback)
        {
            var value = metadata.Integer(name, fallback);
            return value >= 1 ? value : throw metadata.Invalid(name, metadata.Text(name, ""), "a number above zero");
        }

        TimeSpan Positive(string name, TimeSpan fallback)
        {
            var value = metadata.Duration(name, fallback, second);
            return value > TimeSpan.Zero ? value : throw metadata.Invalid(name, metadata.Text(name, ""), "a duration above zero");
        }
    }

    /// <summary>Wait before the next delivery of a message whose deliveries so far all failed.</summary>
    public TimeSpan Backoff(int failures)
    {
        var doubled = RedeliverInterval * Math.Pow(2, Math.Min(failures - 1, 20));
        return doubled < MaxRedeliverInterval ? doubled : MaxRedeliverInterval;
    }
}
