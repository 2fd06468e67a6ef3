using Yarp.ReverseProxy.Forwarder;

namespace Argosy.Sidecar.Invocation.Endpoints;

/// <summary>What a call looks like to a host outside the platform: the caller's headers and the endpoint's; nothing about apps, and no token.</summary>
internal sealed class EndpointTransformer(EndpointTarget endpoint, Uri address) : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        proxyRequest.RequestUri = address;
        endpoint.Dress(proxyRequest);
    }
}
