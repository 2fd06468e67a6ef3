using Argosy.Sidecar.Hosting;
using Yarp.ReverseProxy.Forwarder;

namespace Argosy.Sidecar.Invocation;

/// <summary>What a call looks like to the app it reaches: the caller's headers, plus who called and the app's token.</summary>
internal sealed class InvocationTransformer(VirtualSidecar caller, VirtualSidecar target, string pathAndQuery) : HttpTransformer
{
    private const string CallerId = "dapr-caller-app-id";
    private const string CallerNamespace = "dapr-caller-namespace";
    private const string CalleeId = "dapr-callee-app-id";
    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedHost = "X-Forwarded-Host";

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = new Uri(string.Concat(destinationPrefix, pathAndQuery), DoNotEscape);
        var headers = proxyRequest.Headers;
        headers.Host = null;
        var incoming = httpContext.Request.Headers;
        // What a client says about itself here, or sends to the sidecar only, must not reach the app.
        if (incoming.ContainsKey(CallerId))
            headers.Remove(CallerId);
        if (incoming.ContainsKey(CallerNamespace))
            headers.Remove(CallerNamespace);
        if (incoming.ContainsKey(CalleeId))
            headers.Remove(CalleeId);
        if (incoming.ContainsKey(InvocationAddress.Header))
            headers.Remove(InvocationAddress.Header);
        if (incoming.ContainsKey(ApiTokenMiddleware.Header))
            headers.Remove(ApiTokenMiddleware.Header);
        headers.TryAddWithoutValidation(CallerId, caller.App.AppId);
        headers.TryAddWithoutValidation(CallerNamespace, caller.App.Namespace);
        headers.TryAddWithoutValidation(CalleeId, target.App.AppId);
        if (target.App.Settings.AppToken is { } token)
            headers.TryAddWithoutValidation(ApiTokenMiddleware.Header, token);
        if (caller.App == target.App)
            return;
        headers.TryAddWithoutValidation(ForwardedFor, HostIdentity.Address);
        headers.TryAddWithoutValidation(ForwardedHost, HostIdentity.Name);
        headers.TryAddWithoutValidation("Forwarded", HostIdentity.Forwarded);
    }

    private static readonly UriCreationOptions DoNotEscape = new() { DangerousDisablePathAndQueryCanonicalization = true };
}
