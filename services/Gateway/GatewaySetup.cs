using System.IO.Compression;
using Argosy.Gateway.Docs;
using Argosy.Gateway.Forwarding;
using Argosy.Gateway.Routing;
using Argosy.Gateway.Security;
using Argosy.Gateway.Sessions;
using Argosy.Gateway.Web;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Argosy.Gateway;

/// <summary>The parts of the edge, in the order a request meets them.</summary>
internal static class GatewaySetup
{
    public static void AddGateway(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GatewayOptions>().Bind(builder.Configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<GatewayOptions>>((kestrel, options) =>
            kestrel.Limits.MaxRequestBodySize = options.Value.RequestLimits.BodyBytes);
        services.AddResponseCompression(compression =>
        {
            // Nothing secret is reflected in what we compress, which is what makes compression over TLS dangerous.
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "image/svg+xml", "application/manifest+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.AddHttpForwarder();
        services.AddSingleton<GatewayKeys>();
        services.AddHostedService(provider => provider.GetRequiredService<GatewayKeys>());
        services.AddSingleton<GuestCookie>();
        services.AddSingleton<OperatorKey>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<OriginGuard>();
        services.AddSingleton<SidecarForwarder>();
        services.AddSingleton<HubForwarder>();
        services.AddSingleton<Edge>();
        services.AddSingleton<HubEdge>();
        services.AddSingleton<OpenApiAggregator>();
    }

    public static void UseGateway(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseResponseCompression();
    }

    public static void MapGateway(this WebApplication app)
    {
        app.UseMiddleware<OperationsMiddleware>();
        app.UseWebApp();
        app.MapPublicRoutes();
        app.MapHubs();
        app.MapDocs();
    }
}
