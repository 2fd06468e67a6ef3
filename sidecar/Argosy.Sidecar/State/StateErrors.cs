using Argosy.Sidecar.Errors;
using Grpc.Core;

namespace Argosy.Sidecar.State;

/// <summary>daprd's answers to failing state requests.</summary>
internal static class StateErrors
{
    public static DaprApiException NotConfigured(string store, string appId) =>
        new(500, "ERR_STATE_STORE_NOT_CONFIGURED", StatusCode.FailedPrecondition, $"state store {store} is not configured")
        {
            Details = new ErrorDetails("DAPR_STATE_NOT_CONFIGURED") { Metadata = Of(appId) },
        };

    public static DaprApiException NotFound(string store, string appId) =>
        new(400, "ERR_STATE_STORE_NOT_FOUND", StatusCode.InvalidArgument, $"state store {store} is not found")
        {
            Details = new ErrorDetails("DAPR_STATE_NOT_FOUND") { Metadata = Of(appId) },
        };

    public static DaprApiException IllegalKey(string store, string key) =>
        new(400, "ERR_MALFORMED_REQUEST", StatusCode.InvalidArgument, $"input key/keyPrefix '{key}' can't contain '||'")
        {
            Details = new ErrorDetails("DAPR_STATE_ILLEGAL_KEY") { Resource = ("state", store) },
        };

    public static DaprApiException Malformed(string reason) =>
        new(400, "ERR_MALFORMED_REQUEST", StatusCode.InvalidArgument, reason);

    public static DaprApiException EmptyKey() =>
        new(400, "ERR_MALFORMED_REQUEST", StatusCode.InvalidArgument, "\"key\" is a required field");

    public static DaprApiException GetFailed(string store, string key, Exception cause) =>
        new(500, "ERR_STATE_GET", StatusCode.Internal, $"fail to get {key} from state store {store}: {cause.Message}");

    public static DaprApiException BulkGetFailed(Exception cause) =>
        new(500, "ERR_STATE_BULK_GET", StatusCode.Internal, cause.Message);

    public static DaprApiException SaveFailed(string store, Exception cause) =>
        Failed("ERR_STATE_SAVE", $"failed saving state in state store {store}: {cause.Message}", cause);

    public static DaprApiException DeleteFailed(string key, Exception cause) =>
        Failed("ERR_STATE_DELETE", $"failed deleting state with key {key}: {cause.Message}", cause);

    public static DaprApiException BulkDeleteFailed(string store, Exception cause) =>
        Failed("ERR_STATE_DELETE", $"failed deleting state in state store {store}: {cause.Message}", cause);

    /// <summary>An internal error whatever the cause: also for an ETag mismatch.</summary>
    public static DaprApiException TransactionFailed(Exception cause) =>
        new(500, "ERR_STATE_TRANSACTION", StatusCode.Internal, $"error while executing state transaction: {cause.Message}");

    public static DaprApiException TransactionsNotSupported(string store) =>
        new(500, "ERR_STATE_STORE_NOT_SUPPORTED", StatusCode.Unimplemented, $"state store {store} doesn't support transactions")
        {
            Details = new ErrorDetails("DAPR_STATE_TRANSACTIONS_NOT_SUPPORTED") { Resource = ("state", store) },
        };

    public static DaprApiException OperationNotSupported(string operation) =>
        new(400, "ERR_NOT_SUPPORTED_STATE_OPERATION", StatusCode.Unimplemented, $"operation type {operation} not supported");

    public static DaprApiException QueryNotSupported(string store) =>
        new(500, "ERR_STATE_STORE_NOT_SUPPORTED", StatusCode.Internal, "state store does not support querying")
        {
            Details = new ErrorDetails("DAPR_STATE_QUERYING_NOT_SUPPORTED") { Resource = ("state", store) },
        };

    private static DaprApiException Failed(string errorCode, string message, Exception cause) =>
        cause is ETagMismatchException ? new(409, errorCode, StatusCode.Aborted, message) : new(500, errorCode, StatusCode.Internal, message);

    private static Dictionary<string, string> Of(string appId) => new() { ["appID"] = appId };
}
