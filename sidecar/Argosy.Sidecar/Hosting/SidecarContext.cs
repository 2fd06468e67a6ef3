namespace Argosy.Sidecar.Hosting;

/// <summary>Which of the process's sidecars a request came to, set once per request from the port it arrived on.</summary>
internal static class SidecarContext
{
    public static VirtualSidecar GetSidecar(this HttpContext context) =>
        context.Features.Get<VirtualSidecar>() ?? throw new InvalidOperationException("The request did not pass the sidecar's port lookup.");
}
