using Argosy.Sidecar.Errors;
using Grpc.Core;

namespace Argosy.Sidecar.PubSub;

/// <summary>daprd's refusals of the publish APIs.</summary>
internal static class PubSubErrors
{
    public static DaprApiException NotConfigured(string name, IReadOnlyDictionary<string, string> metadata) =>
        new(400, "ERR_PUBSUB_NOT_CONFIGURED", StatusCode.FailedPrecondition, $"pubsub {name} is not configured")
        {
            Details = new ErrorDetails("DAPR_PUBSUB_NOT_CONFIGURED") { Metadata = metadata },
        };

    public static DaprApiException NotFound(string name, IReadOnlyDictionary<string, string> metadata) =>
        new(404, "ERR_PUBSUB_NOT_FOUND", StatusCode.InvalidArgument, $"pubsub {name} is not found")
        {
            Details = new ErrorDetails("DAPR_PUBSUB_NOT_FOUND") { Metadata = metadata },
        };

    public static DaprApiException NameEmpty(IReadOnlyDictionary<string, string> metadata) =>
        Rich(404, "ERR_PUBSUB_EMPTY", StatusCode.InvalidArgument, "pubsub name is empty", "NAME_EMPTY", "", metadata);

    public static DaprApiException TopicEmpty(string name, IReadOnlyDictionary<string, string> metadata) =>
        Rich(404, "ERR_TOPIC_NAME_EMPTY", StatusCode.InvalidArgument, $"topic is empty in pubsub {name}", "TOPIC_NAME_EMPTY", name, metadata);

    public static DaprApiException Metadata(string name, string reason, IReadOnlyDictionary<string, string> metadata) =>
        Rich(400, "ERR_PUBSUB_REQUEST_METADATA", StatusCode.InvalidArgument, $"failed deserializing metadata. Error: {reason}",
            "METADATA_DESERIALIZATION", name, metadata);

    public static DaprApiException CloudEvent(string name, string appId, string reason) =>
        Rich(500, "ERR_PUBSUB_CLOUD_EVENTS_SER", StatusCode.InvalidArgument, "cannot create cloudevent", "CLOUD_EVENT_CREATION", name, AppError(appId, reason));

    public static DaprApiException Forbidden(string name, string topic, string appId) =>
        Rich(403, "ERR_PUBSUB_FORBIDDEN", StatusCode.PermissionDenied, $"topic {topic} is not allowed for app id {appId}",
            "FORBIDDEN", name, TopicError(topic, $"topic {topic} is not allowed for app id {appId}"));

    public static DaprApiException Publish(string name, string topic, string reason) =>
        Rich(500, "ERR_PUBSUB_PUBLISH_MESSAGE", StatusCode.Internal, $"error when publishing to topic {topic} in pubsub {name}: {reason}",
            "PUBLISH_MESSAGE", name, TopicError(topic, reason));

    /// <summary>The body of a bulk publish is not what it should be.</summary>
    public static DaprApiException BulkRequest(string name, string topic, string appId, string reason) =>
        Rich(400, "ERR_PUBSUB_EVENTS_SER", StatusCode.InvalidArgument, $"error when unmarshaling the request for topic {topic} pubsub {name}: {reason}",
            "UNMARSHAL_EVENTS", name, AppError(appId, reason));

    /// <summary>An event of a bulk publish does not fit its content type.</summary>
    public static DaprApiException BulkEvent(string name, string topic, string appId, string reason) =>
        Rich(400, "ERR_PUBSUB_EVENTS_SER", StatusCode.InvalidArgument, $"error when marshalling cloud event envelope for topic {topic} pubsub {name}: {reason}",
            "MARSHAL_ENVELOPE", name, AppError(appId, reason));

    /// <summary>Entries of a bulk publish cannot be told apart.</summary>
    public static DaprApiException BulkEntryId(string name, string topic, string appId) =>
        Rich(400, "ERR_PUBSUB_EVENTS_SER", StatusCode.InvalidArgument,
            $"error marshaling events to bytes for topic {topic} pubsub {name}. error: entryId is duplicated or not present for entry", "MARSHAL_EVENTS", name,
            AppError(appId, "entryId is duplicated or not present for entry"));

    private static Dictionary<string, string> AppError(string appId, string reason) => new() { ["appID"] = appId, ["error"] = reason };

    private static Dictionary<string, string> TopicError(string topic, string reason) => new() { ["topic"] = topic, ["error"] = reason };

    private static DaprApiException Rich(
        int http, string code, StatusCode grpc, string message, string reason, string name, IReadOnlyDictionary<string, string> metadata) =>
        new(http, code, grpc, message)
        {
            Details = new ErrorDetails($"DAPR_PUBSUB_{reason}") { Metadata = metadata, Resource = ("pubsub", name) },
        };
}
