using Argosy.Sidecar.Errors;
using Grpc.Core;

namespace Argosy.Sidecar.Configuration;

/// <summary>daprd's answers to failing configuration requests.</summary>
internal static class ConfigurationErrors
{
    public static DaprApiException NotConfigured() =>
        new(500, "ERR_CONFIGURATION_STORE_NOT_CONFIGURED", StatusCode.FailedPrecondition, "configuration stores not configured");

    public static DaprApiException NotFound(string store) =>
        new(400, "ERR_CONFIGURATION_STORE_NOT_FOUND", StatusCode.InvalidArgument, $"configuration store {store} not found");

    public static DaprApiException GetFailed(string store, IReadOnlyList<string> keys, Exception cause) =>
        new(500, "ERR_CONFIGURATION_GET", StatusCode.Internal, $"failed to get [{string.Join(' ', keys)}] from Configuration store {store}: {cause.Message}");

    public static DaprApiException SubscribeFailed(string store, IReadOnlyList<string> keys, Exception cause) =>
        new(500, "ERR_CONFIGURATION_SUBSCRIBE", StatusCode.InvalidArgument, $"failed to subscribe [{string.Join(' ', keys)}] from Configuration store {store}: {cause.Message}");

    public static DaprApiException NoAppChannel() =>
        new(500, "ERR_APP_CHANNEL_NIL", StatusCode.Internal, "app channel is not initialized. cannot subscribe to configuration updates");

    public static string UnsubscribeFailed(string id) => $"failed to unsubscribe to configuration request {id}: subscription does not exist";
}
