using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Argosy.Gateway.Security;

/// <summary>Behind an ingress that ends TLS, scheme and client address are what it says, but only if it is one of ours.</summary>
internal static class ProxySetup
{
    public static void UseTrustedProxies(this WebApplication app)
    {
        var networks = NetworkListAttribute.Parse(app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.TrustedProxies);
        if (networks.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // Any number of ours in a row; the first address that is none of ours is the client's.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
            options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
