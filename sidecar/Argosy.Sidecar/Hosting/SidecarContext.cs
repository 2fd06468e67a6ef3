namespace Argosy.Sidecar.Hosting;

/// <summary>Which of the process's sidecars a request came to: a feature of the connection, set once from the port it arrived on.</summary>
internal static class SidecarContext
{
    public static VirtualSidecar GetSidecar(this HttpContext context) =>
        context.Features.Get<VirtualSidecar>() ?? throw new InvalidOperationException("The request did not arrive on a port of a sidecar.");

    public static bool IsGrpc(this HttpRequest request) =>
        request.ContentType is { } type && type.StartsWith("application/grpc", StringComparison.Ordinal);
}
