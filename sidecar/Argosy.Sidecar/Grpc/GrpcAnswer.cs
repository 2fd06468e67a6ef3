using Grpc.Core;

namespace Argosy.Sidecar.Grpc;

/// <summary>Ends a gRPC call outside the gRPC server, with a status and nothing else.</summary>
internal static class GrpcAnswer
{
    public static Task WriteAsync(HttpContext context, StatusCode status, string message)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = ((int)status).ToString();
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
        return Task.CompletedTask;
    }
}
