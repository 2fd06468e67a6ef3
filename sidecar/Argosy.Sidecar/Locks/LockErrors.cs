using Argosy.Sidecar.Errors;
using Grpc.Core;

namespace Argosy.Sidecar.Locks;

/// <summary>daprd's answers to failing lock requests.</summary>
internal static class LockErrors
{
    public static DaprApiException NotConfigured() =>
        new(500, "ERR_LOCK_STORE_NOT_CONFIGURED", StatusCode.FailedPrecondition, "lock store is not configured");

    public static DaprApiException NotFound(string store) =>
        new(400, "ERR_LOCK_STORE_NOT_FOUND", StatusCode.InvalidArgument, $"lock store {store} not found");

    public static DaprApiException Malformed(string reason) =>
        new(400, "ERR_MALFORMED_REQUEST", StatusCode.InvalidArgument, reason);

    public static DaprApiException TryLockFailed(string reason) =>
        new(500, "ERR_TRY_LOCK", StatusCode.Internal, $"failed to try acquiring lock: {reason}");

    public static DaprApiException UnlockFailed(string reason) =>
        new(500, "ERR_UNLOCK", StatusCode.Internal, $"failed to release lock: {reason}");
}
