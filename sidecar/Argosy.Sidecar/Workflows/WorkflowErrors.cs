using Argosy.Sidecar.Errors;
using Grpc.Core;

namespace Argosy.Sidecar.Workflows;

/// <summary>Failures of workflow operations with daprd's codes and texts.</summary>
internal static class WorkflowErrors
{
    public static string ActiveExists(string instanceId) => $"an active workflow with ID '{instanceId}' already exists";

    public static DaprApiException AlreadyExists(string instanceId) =>
        new(StatusCodes.Status500InternalServerError, "ERR_START_WORKFLOW", StatusCode.AlreadyExists, ActiveExists(instanceId));

    public static DaprApiException InvalidInstanceId(string instanceId) =>
        new(StatusCodes.Status400BadRequest, "ERR_INSTANCE_ID_INVALID", StatusCode.InvalidArgument,
            $"workflow instance ID '{instanceId}' is invalid: only alphanumeric and underscore characters are allowed, and hyphens, 64 at most");

    /// <param name="code">The code of the operation's HTTP answer.</param>
    public static DaprApiException NotFound(string instanceId, string code = "ERR_INSTANCE_ID_NOT_FOUND", int httpStatus = StatusCodes.Status404NotFound) =>
        new(httpStatus, code, StatusCode.NotFound, $"no such instance exists: '{instanceId}'");

    public static DaprApiException NotEnded(string instanceId) =>
        new(StatusCodes.Status500InternalServerError, "ERR_PURGE_WORKFLOW", StatusCode.FailedPrecondition, $"workflow instance '{instanceId}' has not yet completed");

    public static DaprApiException NoStore =>
        new(StatusCodes.Status500InternalServerError, "ERR_WORKFLOW_STATE_STORE", StatusCode.FailedPrecondition,
            "workflows need a state store: exactly one state store component must have the metadata actorStateStore: \"true\"");

    public static DaprApiException Invalid(string message) =>
        new(StatusCodes.Status400BadRequest, "ERR_BAD_REQUEST", StatusCode.InvalidArgument, message);

    public static DaprApiException FilterPurge =>
        new(StatusCodes.Status501NotImplemented, "ERR_PURGE_WORKFLOW", StatusCode.Unimplemented, "purging by filter is not implemented");
}
