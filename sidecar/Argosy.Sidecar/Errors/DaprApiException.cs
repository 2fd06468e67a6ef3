using Grpc.Core;

namespace Argosy.Sidecar.Errors;

/// <summary>A failure with the status, code and message that daprd gives for it on both transports.</summary>
/// <param name="httpStatus">Status of the HTTP answer.</param>
/// <param name="errorCode">The <c>ERR_…</c> tag of the HTTP body.</param>
/// <param name="grpcStatus">Status of the gRPC answer.</param>
/// <param name="message">Text of both answers.</param>
internal sealed class DaprApiException(int httpStatus, string errorCode, StatusCode grpcStatus, string message) : Exception(message)
{
    public int HttpStatus { get; } = httpStatus;

    public string ErrorCode { get; } = errorCode;

    public StatusCode GrpcStatus { get; } = grpcStatus;

    /// <summary>Set where daprd answers with the rich form (google.rpc details).</summary>
    public ErrorDetails? Details { get; init; }
}

/// <summary>The google.rpc details of a rich error.</summary>
/// <param name="Reason">ErrorInfo reason, for example <c>DAPR_STATE_NOT_FOUND</c>.</param>
internal sealed record ErrorDetails(string Reason)
{
    public const string Domain = "dapr.io";

    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>ResourceInfo, for example (<c>state</c>, the store's name).</summary>
    public (string Type, string Name)? Resource { get; init; }
}
