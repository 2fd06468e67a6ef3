using Dapr.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Argosy.ServiceDefaults.Sidecar;

/// <summary>The ways out of a service: all of them lead through its sidecar.</summary>
public static class SidecarSetup
{
    /// <summary>Adds a typed client of another service: <typeparamref name="TClient"/> gets an <see cref="HttpClient"/> whose relative
    /// addresses are routes of that service (<c>/internal/...</c>).</summary>
    public static IServiceCollection AddServiceClient<TClient>(this IServiceCollection services, string appId) where TClient : class =>
        services.AddSingleton(provider =>
        {
            var sidecar = provider.GetRequiredService<SidecarEndpoint>();
            return ActivatorUtilities.CreateInstance<TClient>(provider, DaprClient.CreateInvokeHttpClient(appId, sidecar.Http.ToString(), sidecar.ApiToken));
        });

    internal static void AddSidecar(this IHostApplicationBuilder builder)
    {
        var endpoint = new SidecarEndpoint(builder.Configuration);
        builder.Services.TryAddSingleton(endpoint);
        builder.Services.TryAddSingleton<SidecarReadiness>();
        builder.Services.TryAddSingleton<ISecrets, SidecarSecrets>();
        builder.Services.AddDaprClient(dapr =>
        {
            dapr.UseHttpEndpoint(endpoint.Http.ToString()).UseGrpcEndpoint(endpoint.Grpc.ToString()).UseJsonSerializationOptions(ArgosyJson.Options);
            if (endpoint.ApiToken is not null)
                dapr.UseDaprApiToken(endpoint.ApiToken);
        });
    }
}
