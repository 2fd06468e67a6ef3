using Argosy.Sidecar.Grpc;
using Argosy.Sidecar.Hosting;
using Argosy.Sidecar.Resources;
using Argosy.Sidecar.Sqlite;

namespace Argosy.Sidecar.Configuration;

/// <summary>Configuration: values an app reads, and hears of when they change.</summary>
internal sealed class ConfigurationBlock : IBuildingBlock
{
    public IEnumerable<ComponentType> ComponentTypes =>
    [
        new("configuration.sqlite", SqliteLocation.Fields, context => new SqliteConfigurationStore(
            SqliteLocation.Path(context.Metadata),
            context.Services.GetRequiredService<TimeProvider>(),
            context.Services.GetRequiredService<ILogger<SqliteConfigurationStore>>())),
    ];

    public void AddEngine(IServiceCollection services)
    {
        services.AddSingleton<ConfigurationSubscriptions>();
        services.AddSingleton<ConfigurationEngine>();
        services.AddSingleton<ConfigurationCallbacks>();
        services.AddSingleton<IAppLifecycle>(provider => provider.GetRequiredService<ConfigurationCallbacks>());
    }

    public void MapHttp(IEndpointRouteBuilder routes) => ConfigurationHttpRoutes.Map(routes);

    public void MapGrpc(DaprGrpcBinder grpc) => ConfigurationGrpcMethods.Map(grpc);
}
